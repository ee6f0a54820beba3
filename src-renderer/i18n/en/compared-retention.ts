/** A project's own retention beside saved cleanup rules. */
export const comparedRetention = {
  title: 'Compared with your cleanup rules',
  help: 'Shows what a dry run of the retention of {{project}} would delete next to what your saved rules would. Nothing is deleted.',
  noRules: 'No cleanup rules are saved for this registry.',
  toCleanup: 'Write rules under Cleanup',
  rules: 'Saved rules',
  start: 'Compare',
  counts:
    'Deleted by both: {{both}}. By the retention only: {{registryOnly}}. By “{{rules}}” only: {{ownOnly}}.',
  none: 'Neither would delete anything',
  more: 'There are more than the rows shown here.',
  tag: 'Tag',
  retention: 'Retention',
  why: 'Why, by your rules',
  deletes: 'Deletes',
  keeps: 'Keeps',
  unknown: 'No rule covers it',
};
