import { z } from 'zod';
import { GARBAGE_COLLECTIONS, WAYS_ALONE } from '../engine/vocabulary.ts';
import { failure } from './failure.ts';
import { planId } from './ids.ts';
import { digest, place, tagName } from './place.ts';
import { byteCount, count, instant } from './units.ts';

/** One manifest that goes, and what is tied to it. */
const doomedManifest = z.object({
  digest,
  /** Every tag of the repository that points at it, the asked ones included. */
  tags: z.array(tagName),
  /** Indexes of the repository that contain it and stay: they would be broken. */
  indexes: z.array(z.object({ digest, tags: z.array(tagName) })),
  /** Signatures, SBOMs and attestations attached to it; they lose their subject. */
  referrers: z.array(z.object({ digest, artifactType: z.string() })),
});

/** What deleting would do. Pure data: nothing was changed to make it. */
export const deletionPlan = z.object({
  id: planId,
  place,
  asked: z.array(tagName),
  /** Tags that go alone; the manifest and its other tags stay. */
  tagsAlone: z.array(z.object({ tag: tagName, digest, siblings: z.array(tagName) })),
  aloneBy: z.enum(WAYS_ALONE),
  manifests: z.array(doomedManifest),
  /** Tags that were not asked for and would go with the digest, because this registry cannot delete a tag alone. */
  alsoRemoved: z.array(tagName),
  /**
   * Signatures, SBOMs and other referrers of what goes, and the tags that are about it. `taken`: they go as well; `byRegistry`: this
   * product deletes them along, asked or not.
   */
  attached: z.object({
    taken: z.boolean(),
    byRegistry: z.boolean(),
    manifests: count,
    tags: z.array(tagName),
  }),
  /** Tags asked for that stay, since the registry refuses to say what they are (its policy, say). */
  blocked: z.array(z.object({ tag: tagName, failure })),
  /** Tags asked for that stay, since deleting them would take along, or break, some of the `kept`. */
  spared: z.array(z.object({ tag: tagName, along: z.array(z.string()) })),
  /** Other tags that it refuses to say anything of: they may be on a digest that goes, or contain it. */
  unseen: z.array(tagName),
  /** Tags that stay and hold what could not be read: it may be some of what goes. */
  unread: z.array(tagName),
  /** Indexes that stay would lose a child, or what was not asked for would or may go: `start` needs `consent: true`. */
  needsConsent: z.boolean(),
  /** Referenced bytes that no remaining tag of this repository holds; free after the registry's garbage collection. */
  bytesFreed: byteCount,
  /** More that only untagged images of deleted indexes hold: freed where garbage collection takes untagged manifests too. */
  bytesInChildren: byteCount,
  /** Both are upper bounds: what shares bytes with what goes was not read, for reading counts as a pull, or could not be. */
  bytesAtMost: z.boolean(),
  /** Each manifest that goes is read once before, so that it can be put back, and that counts as a pull. */
  countsPulls: z.boolean(),
  /** When bytes become free on this system. */
  garbageCollection: z.enum(GARBAGE_COLLECTIONS),
  /** The repository is a cache of another registry: what goes comes back with the next pull, and its tags are listed again. */
  refilled: z.boolean(),
  made: instant,
});
export type DeletionPlan = z.infer<typeof deletionPlan>;
