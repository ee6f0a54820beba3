/** What a synchronisation of this app does that a registry's own rule does not, or does otherwise. */
export const REPLICATION_LOSSES = [
  'versions',
  'excludedRepositories',
  'excludedTags',
  'platforms',
  /** Attached manifests go along though they were not wanted. */
  'attachedAlways',
  /** Which of them go along the registry decides. */
  'attachedItsWay',
  'foreign',
  'prune',
  'preview',
  'verification',
  'undo',
  'protectedTags',
  /** The other registry is on this computer: the address means another one there. */
  'loopback',
] as const;

/** What such a rule can do beyond a synchronisation. */
export const REPLICATION_GAINS = ['runsThere', 'triggers', 'speed', 'deletions'] as const;
export type ReplicationDifferenceName =
  | (typeof REPLICATION_LOSSES)[number]
  | (typeof REPLICATION_GAINS)[number];
