import { z } from 'zod';
import { INDEX_FORMS, VERDICTS } from '../engine/vocabulary/transfer.ts';
import { contentPlace } from './content.ts';
import { failure } from './failure.ts';
import { accountId, operationId, planId } from './ids.ts';
import {
  anyPlace,
  digest,
  manifestReference,
  place,
  repositoryName,
  sourcePlace,
  tagName,
  targetPlace,
} from './place.ts';
import { plan } from './plan.ts';
import { byteCount, count, instant, share } from './units.ts';

const tally = z.object({ count, bytes: byteCount });

/** Blobs by what would become of them, each digest once in each target repository. */
const blobTallies = z.object({
  /** At the target already. */
  present: tally,
  /** In another repository of the target registry, or there by then: mounted if the registry agrees, else sent. */
  mount: tally,
  send: tally,
});

/** Foreign (nondistributable) layers that stay where they are, each digest once. */
const leftOut = tally.extend({
  /** Where they are; empty where they name no place. */
  hosts: z.array(z.string()),
});
export type LeftOut = z.infer<typeof leftOut>;

/** What goes along with an image, and which of its platforms go. */
const copyOptions = z.object({
  /** Referrers (signatures, SBOMs, attestations) and cosign's tags go along. */
  attached: z.boolean().default(false),
  /** Only these platforms of an index: `os/architecture[/variant]`; none: all. */
  platforms: z.array(z.string().min(3).max(80)).max(50).default([]),
  index: z.enum(INDEX_FORMS).default('rewritten'),
  /** Foreign layers go along where the source holds them; otherwise only those that name no other place. */
  foreign: z.boolean().default(false),
});
export type CopyOptions = z.infer<typeof copyOptions>;

/** Patterns of repositories: they are in the address of a page. */
export const PATTERNS_MAX = 200;

/** `*` matches anything but a slash, `**` anything; `team/*`, `**`, `v1.*`. */
const pattern = z.string().min(1).max(255);

/** Which tags of a repository are synchronised. */
const tagRules = z.object({
  tags: z.array(pattern).min(1).max(200).default(['*']),
  excludeTags: z.array(pattern).max(200).default([]),
  /** Only tags that are versions in this range (`>=1.2 <3`, `^2`), a leading `v` left aside, `16.4` being 16.4.0; empty: all tags. */
  versions: z.string().max(200).default(''),
});
export type TagRules = z.infer<typeof tagRules>;

/** Which tags of which repositories are synchronised, and how. */
const syncRules = tagRules.extend({
  /** Repositories of the source. A name without a star is taken as it is, also where the registry gives no list. */
  repositories: z.array(pattern).min(1).max(PATTERNS_MAX),
  excludeRepositories: z.array(pattern).max(PATTERNS_MAX).default([]),
  /** Leaves tags that the target has as they are, whatever they point at. */
  newOnly: z.boolean().default(false),
  /** Name at the target: `{repository}` whole, `{namespace}` before its last slash, `{name}` after it. */
  rename: z.string().min(1).max(255).default('{repository}'),
  /** Reports which tags only the target has, so that they can be deleted afterwards. */
  prune: z.boolean().default(false),
  ...copyOptions.shape,
});
export type SyncRules = z.infer<typeof syncRules>;

/** The same between two accounts. */
export const syncDefinition = syncRules.extend({ source: accountId, target: accountId });
export type SyncDefinition = z.infer<typeof syncDefinition>;

export const verdict = z.enum(VERDICTS);

/** One tag of a copy or synchronisation. */
export const tagPair = z.object({
  source: z.object({ repository: z.string(), reference: z.string() }),
  target: z.object({ repository: z.string(), tag: z.string() }),
});

export type TagPair = z.infer<typeof tagPair>;

/** One tag of a plan; its state is the verdict. */
export const transferItem = tagPair.extend({
  number: z.number().int(),
  state: verdict,
  /** What the target tag will point at; absent where refused. */
  digest: digest.exactOptional(),
  /** The source's; differs where platforms are left out of a rewritten index. */
  sourceDigest: digest.exactOptional(),
  mediaType: z.string().exactOptional(),
  /** What the target tag points at now; it moves away from it. */
  replaces: digest.exactOptional(),
  /** Why the target tag could not be looked at: whether it is there, or would move, is not known. */
  unseen: failure.exactOptional(),
  /** How many manifests go along: signatures, SBOMs, attestations. */
  extras: count,
  /** Bytes of its blobs, those of what goes along included; absent where they were not looked at. */
  size: byteCount.exactOptional(),
  /** The same by what becomes of them, each blob with the first tag of the plan that needs it. */
  bytes: z.object({ present: byteCount, mount: byteCount, send: byteCount }).exactOptional(),
  /** Why it is refused. */
  failure: failure.exactOptional(),
});
export type TransferItem = z.infer<typeof transferItem>;

/** Of the options those that differ from the usual. */
const chosenOptions = z.object({
  attached: z.boolean().exactOptional(),
  platforms: z.array(z.string()).exactOptional(),
  index: z.enum(INDEX_FORMS).exactOptional(),
  foreign: z.boolean().exactOptional(),
});

/** From one place to another, or the same: many tags. */
const manyTags = z.object({
  source: anyPlace,
  target: anyPlace,
  /** Target repositories that get something. */
  repositories: z.array(z.string()),
  tags: count,
  /** Layers that are not there afterwards; absent where there are none. */
  leftOut: leftOut.exactOptional(),
  /** What goes along, and which platforms; absent in operations of earlier versions, which say it with each tag. */
  options: chosenOptions.exactOptional(),
});

/** A tag of a repository gets what another reference of it names. */
export const retagSubject = z.object({
  kind: z.literal('retag'),
  place,
  reference: z.string(),
  tag: tagName,
  digest,
  options: chosenOptions.exactOptional(),
});
export type RetagSubject = z.infer<typeof retagSubject>;

/** One image, or several tags that were chosen. */
export const copySubject = z.union([
  z.object({
    kind: z.literal('copy'),
    source: sourcePlace,
    target: targetPlace,
    digest,
    leftOut: leftOut.exactOptional(),
    options: chosenOptions.exactOptional(),
  }),
  manyTags.extend({ kind: z.literal('copy') }),
]);
export type CopySubject = z.infer<typeof copySubject>;

export const syncSubject = manyTags.extend({
  kind: z.literal('sync'),
  /** The saved synchronisation that it is a run of. */
  savedId: z.uuid().exactOptional(),
});
export type SyncSubject = z.infer<typeof syncSubject>;

/** Of whatever kind. */
export const transferSubject = z.union([retagSubject, copySubject, syncSubject]);

/** What a transfer would do; its tags are the plan's items. */
const transferSummary = z.object({
  repositories: count,
  manifests: count,
  /** How many of the manifests are attached ones. */
  attached: count,
  blobs: blobTallies,
  leftOut,
  /** Tags move whose images the target deletes then, unless other tags name them. */
  takesReplaced: z.literal(true).exactOptional(),
});
export type TransferSummary = z.infer<typeof transferSummary>;

/** A retag is a copy within one repository. */
export const copyPlan = plan.extend({
  subject: z.union([retagSubject, copySubject]),
  summary: transferSummary,
});
export type CopyPlan = z.infer<typeof copyPlan>;

export const syncPlan = plan.extend({
  subject: syncSubject,
  summary: transferSummary.extend({
    /**
     * Tags that only the target has, by target repository; empty unless `prune`. They are deleted by a plan of their own, which leaves
     * `kept` whole: the tags that this synchronisation brings or found there.
     */
    onlyAtTarget: z.array(
      z.object({ repository: repositoryName, tags: z.array(z.string()), kept: z.array(z.string()) }),
    ),
  }),
});
export type SyncPlan = z.infer<typeof syncPlan>;

/** How far planning is, then the plan. */
export const syncPlanning = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('looking'), repositories: share, tags: share }),
  z.object({ kind: z.literal('plan'), plan: syncPlan }),
]);
export type SyncPlanning = z.infer<typeof syncPlanning>;

/** A synchronisation between two accounts, kept to be run again. */
export const savedTransfer = z.object({
  id: z.uuid(),
  name: z.string().min(1).max(100),
  definition: syncDefinition,
  created: instant,
  lastOperationId: operationId.exactOptional(),
});
export type SavedTransfer = z.infer<typeof savedTransfer>;

/** An account, or a place outside registries. */
const copyPlace = z.union([accountId, contentPlace]);
/** Empty outside registries where images have tags only. */
const anyRepository = z.string().max(255);

/** Copies between two places, or within one. */
export const copiesRequest = z.object({
  source: copyPlace,
  target: copyPlace,
  copies: z
    .array(
      z.object({
        source: z.object({ repository: anyRepository, reference: manifestReference }),
        target: z.object({ repository: anyRepository, tag: tagName }),
      }),
    )
    .min(1)
    .max(10_000),
  options: copyOptions.prefault({}),
});

/** A plan without some of its items, by their numbers. */
export const narrowedPlan = z.object({ planId, without: z.array(count).min(1).max(1_000_000) });

/** Repositories of a registry, and which of their tags are meant. */
export const countRequest = tagRules.extend({
  accountId,
  repositories: z.array(repositoryName).min(1).max(100_000),
});

/** How many tags a repository has, those of what is attached left out, and how many of them are meant. */
export const countedTags = z.union([
  z.object({
    repository: repositoryName,
    tags: count,
    matching: count,
    from: z.enum(['inventory', 'registry']),
    /** When the inventory saw the oldest of them. */
    seen: instant.exactOptional(),
  }),
  z.object({ repository: repositoryName, failure }),
]);
export type CountedTags = z.infer<typeof countedTags>;

/** `savedId`: of the saved one that it is a run of. */
export const syncRequest = syncDefinition.extend({ savedId: z.uuid().optional() });

export const savedTransferRef = z.object({ id: z.uuid() });

/** Without an id it is a new one. */
export const savedTransferDraft = z.object({
  id: z.uuid().optional(),
  name: z.string().trim().min(1).max(100),
  definition: syncDefinition,
});

/** A saved one that cannot be read: a newer version wrote it, or it was spoiled. */
export const unreadableTransfer = z.object({ id: z.string(), name: z.string() });
