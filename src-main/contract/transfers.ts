import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  accountId,
  byteCount,
  digest,
  instant,
  leftOut,
  manifestReference,
  operationId,
  planId,
  procedure,
  repositoryName,
  repositoryPlace,
  tagName,
} from './base.ts';
import { failure } from './errors.ts';

const count = z.number().int().nonnegative();
const tally = z.object({ count, bytes: byteCount });

/** Blobs by what would become of them, each digest once in each target repository. */
const blobTallies = z.object({
  /** At the target already. */
  present: tally,
  /** In another repository of the target registry, or there by then: mounted if the registry agrees, else sent. */
  mount: tally,
  send: tally,
});

/** What goes along with an image, and which of its platforms go. */
const copyOptions = z.object({
  /** Referrers (signatures, SBOMs, attestations) and cosign's tags go along. */
  attached: z.boolean().default(false),
  /** Only these platforms of an index: `os/architecture[/variant]`; none: all. */
  platforms: z.array(z.string().min(3).max(80)).max(50).default([]),
  /**
   * What becomes of an index that loses platforms. `sparse`: it keeps its digest and names images that are not there, which
   * registries may refuse; `rewritten`: it gets another digest, and signatures of the whole index do not fit it.
   */
  index: z.enum(['sparse', 'rewritten']).default('rewritten'),
  /** Foreign layers go along where the source holds them; otherwise only those that name no other place. */
  foreign: z.boolean().default(false),
});
export type CopyOptions = z.infer<typeof copyOptions>;

/** What a copy would do. A retag is a copy within one repository. */
const copyPlan = z.object({
  id: planId,
  kind: z.enum(['copy', 'retag']),
  source: repositoryPlace.extend({ host: z.string(), reference: manifestReference }),
  target: repositoryPlace.extend({ host: z.string(), tag: tagName }),
  /** What the target tag will point at. Differs from the source's where platforms are left out of a rewritten index. */
  digest,
  sourceDigest: digest,
  mediaType: z.string(),
  /** What the target tag points at now; the tag moves away from it. */
  replaces: digest.optional(),
  /** Why the target tag could not be looked at: whether it is there, or would move, is not known. */
  unseen: failure.optional(),
  /** The target tag points at this digest already: nothing is to be done. */
  unchanged: z.boolean(),
  manifests: count,
  /** How many of the manifests are attached ones. */
  attached: count,
  blobs: blobTallies,
  leftOut,
  made: instant,
});
export type CopyPlan = z.infer<typeof copyPlan>;

/** `*` stands for anything but a slash, `**` for anything; `team/*`, `**`, `v1.*`. */
const pattern = z.string().min(1).max(255);

/** Which tags of which repositories go where. */
const syncDefinition = z.object({
  source: accountId,
  target: accountId,
  /** Repositories of the source. A name without a star is taken as it is, also where the registry gives no list. */
  repositories: z.array(pattern).min(1).max(200),
  excludeRepositories: z.array(pattern).max(200).default([]),
  tags: z.array(pattern).min(1).max(200).default(['*']),
  excludeTags: z.array(pattern).max(200).default([]),
  /** Only tags that are versions in this range (`>=1.2 <3`, `^2`), a leading `v` left aside, `16.4` being 16.4.0; empty: all tags. */
  versions: z.string().max(200).default(''),
  /** Leaves tags that the target has as they are, whatever they point at. */
  newOnly: z.boolean().default(false),
  /** Name at the target: `{repository}` whole, `{namespace}` before its last slash, `{name}` after it. */
  rename: z.string().min(1).max(255).default('{repository}'),
  /** Tells which tags only the target has, so that they can be deleted afterwards. */
  prune: z.boolean().default(false),
  ...copyOptions.shape,
});
export type SyncDefinition = z.infer<typeof syncDefinition>;

/** `kept`: the target has the tag with other content, and only new tags were asked for. */
const verdict = z.enum(['new', 'changed', 'same', 'kept', 'refused']);

/** One tag of a plan. */
const planItem = z.object({
  source: z.object({ repository: repositoryName, reference: manifestReference }),
  target: z.object({ repository: z.string(), tag: z.string() }),
  verdict,
  /** What the target tag will point at; absent where refused. */
  digest: digest.optional(),
  replaces: digest.optional(),
  /** Why the target tag could not be looked at. */
  unseen: failure.optional(),
  attached: count,
  /** Why it is refused. */
  failure: failure.optional(),
});
export type PlanItem = z.infer<typeof planItem>;

const registrySide = z.object({ accountId: z.string(), host: z.string() });

/** What a synchronisation would do. Its items are asked for by `planItems`. */
const syncPlan = z.object({
  id: planId,
  source: registrySide,
  target: registrySide,
  repositories: count,
  items: z.object({ new: count, changed: count, same: count, kept: count, refused: count }),
  manifests: count,
  attached: count,
  blobs: blobTallies,
  leftOut,
  /**
   * Tags that only the target has, by target repository; empty unless `prune`. They are deleted by a plan of their own, which leaves
   * `kept` whole: the tags that this synchronisation brings or found there.
   */
  onlyAtTarget: z.array(
    z.object({ repository: repositoryName, tags: z.array(z.string()), kept: z.array(z.string()) }),
  ),
  made: instant,
});
export type SyncPlan = z.infer<typeof syncPlan>;

/** How far planning is, then the plan. */
const syncPlanning = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('looking'),
    repositories: z.object({ done: count, total: count }),
    tags: z.object({ done: count, total: count }),
  }),
  z.object({ kind: z.literal('plan'), plan: syncPlan }),
]);

const savedTransfer = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(100),
  definition: syncDefinition,
  created: instant,
  lastOperationId: operationId.optional(),
});
export type SavedTransfer = z.infer<typeof savedTransfer>;

export const transfers = {
  plan: procedure
    .input(
      z.object({
        source: repositoryPlace.extend({ reference: manifestReference }),
        target: repositoryPlace.extend({ tag: tagName }),
        options: copyOptions.prefault({}),
      }),
    )
    .output(copyPlan),
  /** Lists and compares; touches nothing. Ends with the plan, which is kept for 15 minutes. */
  planSync: procedure.input(syncDefinition).output(eventIterator(syncPlanning)),
  /** The items of a kept synchronisation plan, in order. */
  planItems: procedure
    .input(
      z.object({
        planId,
        verdict: verdict.optional(),
        offset: count,
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(z.object({ items: z.array(planItem), total: count })),
  /** Starts a confirmed plan and returns at once; `planStale` when the source or target tag of a copy moved since. */
  start: procedure
    .input(z.object({ planId, savedId: z.uuid().optional() }))
    .output(z.object({ operationId })),
  /** Saved synchronisations, by name. */
  saved: procedure.output(z.array(savedTransfer)),
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved: procedure.output(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** Adds one, or changes the one with this id. */
  save: procedure
    .input(
      z.object({
        id: z.uuid().optional(),
        name: z.string().trim().min(1).max(100),
        definition: syncDefinition,
      }),
    )
    .output(savedTransfer),
  removeSaved: procedure.input(z.object({ id: z.uuid() })).output(z.void()),
};
