/** Words of cleanups: what rules take of a registry. */
export const cleanup = {
  operation: {
    kind: 'Cleanup',
    does_one: 'Clean up {{place}} by {{rules}}: {{count}} tag',
    does_other: 'Clean up {{place}} by {{rules}}: {{count}} tags',
    did_one: 'Cleaned up {{place}} by {{rules}}: {{count}} tag',
    did_other: 'Cleaned up {{place}} by {{rules}}: {{count}} tags',
    rules: 'Rules',
    version: '{{name}}, version {{version}}',
  },
};
