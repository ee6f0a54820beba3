/** Words of cleanups: what rules take of a registry. */
export const cleanup = {
  operation: {
    kind: 'Cleanup',
    does_one: 'Clean up {{place}} with {{rules}}: {{count}} tag',
    does_other: 'Clean up {{place}} with {{rules}}: {{count}} tags',
    did_one: 'Cleaned up {{place}} with {{rules}}: {{count}} tag',
    did_other: 'Cleaned up {{place}} with {{rules}}: {{count}} tags',
    rules: 'Rules',
    version: '{{name}}, version {{version}}',
  },
};
