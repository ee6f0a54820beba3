/** What is attached to a manifest, by what most of it is about. */
export const ATTACHED_KINDS = ['signature', 'sbom', 'attestation', 'scan', 'other'] as const;
export type AttachedKind = (typeof ATTACHED_KINDS)[number];

/**
 * A tag named after the digest that something is attached to (of a sha512, some registries take half): what cosign made of it, which
 * the suffix says, or, without one, the list of its referrers.
 */
export const ATTACHED_TAG = /^(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{64,128})(?:\.(\w+))?$/;

/** How it is found: by its subject (the API, or the list under the tag that replaces it), by a tag of cosign's, in the index of the image. */
export const ATTACHED_VIAS = ['subject', 'tag', 'index'] as const;
export type AttachedVia = (typeof ATTACHED_VIAS)[number];

/** What an attached document is about. */
export const DOCUMENT_TOPICS = [
  'signature',
  'sbom',
  'provenance',
  'scan',
  /** Which vulnerabilities matter and which do not (VEX). */
  'exploitability',
  'testResult',
  'verification',
  'other',
] as const;
export type DocumentTopic = (typeof DOCUMENT_TOPICS)[number];
