/** What products run and let be watched. */
export const JOB_KINDS = ['garbageCollection', 'retention', 'replication', 'scanAll', 'task'] as const;
export type JobKind = (typeof JOB_KINDS)[number];

/** What a run may be asked to do otherwise. `dryRun`: it changes nothing and says what it would do. */
export const JOB_OPTIONS = ['dryRun', 'untagged'] as const;
export type JobOption = (typeof JOB_OPTIONS)[number];

/** What a run counts. */
export const JOB_COUNTS = [
  'total',
  'succeeded',
  'failed',
  'stopped',
  'kept',
  'blobs',
  'manifests',
  'bytes',
] as const;
export type JobCount = (typeof JOB_COUNTS)[number];
