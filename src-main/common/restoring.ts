import { z } from 'zod';
import { failure } from './failure.ts';
import { digest, place, registryPlace, repositoryName, tagName } from './place.ts';
import { plan } from './plan.ts';
import { byteCount, count } from './units.ts';

/** An undo: tags point again at what they pointed at, and tags that were new are deleted. */
export const restoreSubject = z.object({
  kind: z.literal('restore'),
  /** With the repository, where it is one. */
  place: z.union([place, registryPlace]),
  /** Of one repository: what comes back there. */
  tags: z.array(tagName),
  manifests: z.array(digest),
  /** Those that are changed; absent where it is the place's. */
  repositories: z.array(repositoryName).exactOptional(),
  /** How many tags are changed; absent in undos of earlier versions. */
  changes: count.exactOptional(),
});
export type RestoreSubject = z.infer<typeof restoreSubject>;

/**
 * `restore`: it will point at what was there before; `remove`: it was new, and is deleted; `same`: it is as it was. The others stay as
 * they are: `moved`: somebody changed it since; `blind`: what was there before could not be seen; `collected`: the registry's
 * garbage collection took what it would point at; `unknown`: neither the trash nor the registry has the manifest any more; `damaged`:
 * what the trash kept of it is; `stays`: it cannot be deleted; `locked`: the registry is read-only.
 */
export const RESTORE_STATES = [
  'restore',
  'remove',
  'same',
  'moved',
  'blind',
  'collected',
  'unknown',
  'damaged',
  'stays',
  'locked',
] as const;

/** One tag of an undo, or one manifest without a tag. */
export const restoreItem = z.object({
  number: z.number().int(),
  state: z.enum(RESTORE_STATES),
  repository: repositoryName,
  /** Empty for a manifest without a tag. */
  tags: z.array(tagName),
  /** What it will point at; null: nothing. */
  digest: digest.nullable(),
  /** What it points at since the operation; null: nothing. */
  leaves: digest.nullable(),
  /** Bytes of its blobs that the registry has no more, and that are sent from what was kept. */
  sends: byteCount.exactOptional(),
  /** Why it stays. */
  failure: failure.exactOptional(),
});
export type RestoreItem = z.infer<typeof restoreItem>;

export const restoreSummary = z.object({
  repositories: count,
  /** Tags that were new, and are deleted. */
  removes: count.default(0),
  /** Bytes that are sent from what was kept, each blob once. */
  sends: byteCount,
  /** Blobs that the registry was not asked for, there being too many: whether they are still there is seen when it runs. */
  unasked: count,
});

export const restorePlan = plan.extend({ subject: restoreSubject, summary: restoreSummary });
export type RestorePlan = z.infer<typeof restorePlan>;
