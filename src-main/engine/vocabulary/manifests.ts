/** What a manifest is to the user, known by its media types and never by its name. */
export const MANIFEST_KINDS = [
  'image',
  'index',
  'artifact',
  'helmChart',
  'attestation',
  /** Layers that BuildKit keeps for later builds: nothing that runs. */
  'buildCache',
  'schema1',
  'unknown',
  /** Its digest is right and what it says is not what a manifest of its media type says. */
  'unreadable',
] as const;
export type ManifestKind = (typeof MANIFEST_KINDS)[number];

/** What an entry of an index is: `blob` for one that is no manifest and cannot be opened as one. */
export const ENTRY_KINDS = [...MANIFEST_KINDS, 'blob'] as const;
export type EntryKind = (typeof ENTRY_KINDS)[number];
