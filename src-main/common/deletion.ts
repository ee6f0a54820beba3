import { z } from 'zod';
import { ATTACHED_KINDS } from '../engine/vocabulary/attached.ts';
import { PLANNING_PHASES, WAYS_ALONE } from '../engine/vocabulary/deletion.ts';
import { collectionFacts } from './collection-facts.ts';
import { failure } from './failure.ts';
import { accountId } from './ids.ts';
import { digest, place, registryPlace, repositoryName, repositoryPlace, tagName } from './place.ts';
import { plan } from './plan.ts';
import { freedBytes } from './storage.ts';
import { byteCount, count, share } from './units.ts';

/** One manifest that goes, and what is tied to it. */
const doomedManifest = z.object({
  digest,
  /** Every tag of the repository that points at it, the asked ones included. */
  tags: z.array(tagName),
  /** Indexes of the repository that contain it and stay: they would be broken. */
  indexes: z.array(z.object({ digest, tags: z.array(tagName) })),
  /** Signatures, SBOMs and attestations attached to it; they lose their subject. */
  referrers: z.array(z.object({ digest, artifactType: z.string(), kind: z.enum(ATTACHED_KINDS) })),
  /** Of it and all below it; absent where that is not known. */
  bytes: z
    .object({
      size: byteCount,
      /** What nothing else in the repository holds, whether it stays or goes as well. */
      own: byteCount,
      /** Both are upper bounds. */
      atMost: z.boolean(),
    })
    .exactOptional(),
  /** Manifests below it that stay, and that no tag and no index needs any more. */
  untagged: z.array(digest),
});

/**
 * Signatures, SBOMs and other referrers of what goes, and the tags that are about it. `taken`: they go as well; `byRegistry`: this
 * product deletes them along, asked or not.
 */
const attached = z.object({
  taken: z.boolean(),
  /** Where only some of it goes: what that is attached to. */
  of: z.array(digest).exactOptional(),
  byRegistry: z.boolean(),
  manifests: count,
  tags: z.array(tagName),
});

/** What a deletion is about, for its line in the status bar and in the history. */
export const deleteSubject = z.object({
  kind: z.literal('delete'),
  place,
  tags: z.array(tagName),
  manifests: z.array(digest),
});
export type DeleteSubject = z.infer<typeof deleteSubject>;

/** Tags asked for that stay, since the registry refuses to say what they are (its policy, say). */
const blocked = z.array(z.object({ tag: tagName, failure }));
/**
 * Tags (and digests) asked for that stay: protected themselves, or deleting them would take `along`, or break, what is, or some of the
 * `kept`. `immutable`: it is a rule of the registry that keeps the tag.
 */
const spared = z.array(
  z.object({ tag: z.string(), along: z.array(z.string()), immutable: z.literal(true).exactOptional() }),
);

/** What deleting would do. */
const deletionSummary = z.object({
  asked: z.array(tagName),
  /** Tags that go alone; the manifest and its other tags stay. */
  tagsAlone: z.array(z.object({ tag: tagName, digest, siblings: z.array(tagName) })),
  aloneBy: z.enum(WAYS_ALONE),
  manifests: z.array(doomedManifest),
  /** Tags that were not asked for and would go with the digest, because this registry cannot delete a tag alone. */
  alsoRemoved: z.array(tagName),
  attached,
  blocked,
  spared,
  /** Only images of which all tags were asked for: `leftOut` are the others, with those of their tags that were and that were not. */
  whole: z.boolean(),
  leftOut: z.array(z.object({ digest, tags: z.array(tagName), siblings: z.array(tagName) })),
  /** Tags that stay in the repository, without those that are about a manifest: none where it would be empty. */
  staying: count,
  /** Other tags that it refuses to say anything of: they may be on a digest that goes, or contain it. */
  unseen: z.array(tagName),
  /** Tags that stay and hold what could not be read: it may be some of what goes. */
  unread: z.array(tagName),
  /** Referenced bytes that no remaining tag of this repository holds; free after the registry's garbage collection. */
  bytesFreed: byteCount,
  /** More that only untagged images of deleted indexes hold: freed where garbage collection takes untagged manifests too. */
  bytesInChildren: byteCount,
  /** Both are upper bounds: what shares bytes with what goes was not read, for reading counts as a pull, or could not be. */
  bytesAtMost: z.boolean(),
  /** Each manifest that goes is read once before, so that it can be put back, and that counts as a pull. */
  countsPulls: z.boolean(),
  /** When bytes become free on this system, and what has to happen. */
  garbageCollection: collectionFacts,
  /** What becomes free in the whole registry, as far as it was scanned: what another repository holds stays. */
  inRegistry: freedBytes.exactOptional(),
  /** The repository is a cache of another registry: what goes comes back with the next pull, and its tags are listed again. */
  refilled: z.boolean(),
});
export type DeletionSummary = z.infer<typeof deletionSummary>;

/** Needs consent where indexes that stay would lose a child, or what was not asked for would or may go. */
export const deletionPlan = plan.extend({ subject: deleteSubject, summary: deletionSummary });
export type DeletionPlan = z.infer<typeof deletionPlan>;

/** What is looked at: the repository's tags, what they hold, what is attached to what goes. */
const looking = z.object({ kind: z.literal('looking'), at: z.enum(PLANNING_PHASES), seen: share });

/** How far planning is, then the plan. */
export const deletionPlanning = z.discriminatedUnion('kind', [
  looking,
  z.object({ kind: z.literal('plan'), plan: deletionPlan }),
]);
export type DeletionPlanning = z.infer<typeof deletionPlanning>;

export const deletionRequest = repositoryPlace.extend({
  tags: z.array(tagName).max(10_000).default([]),
  /** Manifests that go with all their tags. */
  digests: z.array(digest).max(10_000).default([]),
  /** What is attached to what goes is deleted with it: to all of it, or to these digests. */
  attached: z.union([z.boolean(), z.array(digest).max(10_000)]).default(false),
  /** Tags of images that have a tag beside these are left out. */
  whole: z.boolean().default(false),
  /** Tags that must stay whole, whatever is consented to. */
  kept: z.array(z.string().max(255)).default([]),
});

/** What a deletion in several repositories of one registry is about. */
export const deleteManySubject = z.object({
  kind: z.literal('deleteMany'),
  place: registryPlace,
  repositories: z.array(repositoryName),
  tags: count,
  manifests: count,
});
export type DeleteManySubject = z.infer<typeof deleteManySubject>;

/** A line of a plan, as far as it is shown. */
export const deletionLine = z.object({
  repository: repositoryName.exactOptional(),
  /** Goes alone; else the manifest goes with its `tags`. */
  tag: tagName.exactOptional(),
  tags: z.array(tagName).exactOptional(),
  digest,
});

/** What goes of one repository among several; its lines say what of it. */
const plannedRepository = z.object({
  repository: repositoryName,
  /** Nothing goes of it, for this reason. */
  failure: failure.exactOptional(),
  tags: count,
  manifests: count,
  /** Of the tags: those that go alone. */
  alone: count,
  alsoRemoved: z.array(tagName),
  /** Indexes that stay and would be broken. */
  broken: z.array(z.object({ digest, tags: z.array(tagName) })),
  attached,
  blocked,
  spared,
  staying: count,
  unseen: z.array(tagName),
  unread: z.array(tagName),
  untagged: count,
  bytesFreed: byteCount,
  bytesInChildren: byteCount,
  bytesAtMost: z.boolean(),
  refilled: z.boolean(),
  needsConsent: z.boolean(),
});
export type PlannedRepository = z.infer<typeof plannedRepository>;

const deleteManySummary = z.object({
  repositories: z.array(plannedRepository),
  aloneBy: z.enum(WAYS_ALONE),
  garbageCollection: collectionFacts,
  countsPulls: z.boolean(),
  inRegistry: freedBytes.exactOptional(),
});
export type DeleteManySummary = z.infer<typeof deleteManySummary>;

export const deleteManyPlan = plan.extend({ subject: deleteManySubject, summary: deleteManySummary });
export type DeleteManyPlan = z.infer<typeof deleteManyPlan>;

export const deleteManyPlanning = z.discriminatedUnion('kind', [
  /** Repositories that are planned. */
  z.object({ kind: z.literal('looking'), repositories: share }),
  z.object({ kind: z.literal('plan'), plan: deleteManyPlan }),
]);
export type DeleteManyPlanning = z.infer<typeof deleteManyPlanning>;

export const deleteManyRequest = z.object({
  accountId,
  /** With all their tags. */
  repositories: z.array(repositoryName).max(10_000).default([]),
  /** All repositories below these, without the slash at the end. */
  namespaces: z.array(repositoryName).max(100).default([]),
  attached: z.boolean().default(true),
});
