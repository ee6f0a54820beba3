import { z } from 'zod';
import { CLEANUP_FACTS, CLEANUP_REASONS } from '../engine/vocabulary/cleanup.ts';
import { keepFreshHours } from './account.ts';
import { kubeconfigPath } from './cleanup.ts';
import { collectionFacts } from './collection-facts.ts';
import { failure } from './failure.ts';
import { accountId, operationId } from './ids.ts';
import { digest, registryPlace, repositoryName, tagName } from './place.ts';
import { plan } from './plan.ts';
import { byteCount, count, instant, share } from './units.ts';

/** Characters of a rules file, and of a list of what is in use: `kubectl get pods -A -o json` of a large cluster has some MB. */
const RULES_MAX = 200_000;
const IN_USE_MAX = 64_000_000;

/** Which rules decided: their name, and what they said then. */
const usedRules = z.object({
  /** Of the saved ones; absent where they came from a file. */
  id: z.uuid().exactOptional(),
  name: z.string().min(1).max(100),
  /** Counted from 1, and 0 for a file. */
  version: count,
  /** Of their text. */
  digest,
});
export type UsedRules = z.infer<typeof usedRules>;

/** What a cleanup is about, for its line in the status bar and in the history. */
export const cleanupSubject = z.object({
  kind: z.literal('cleanup'),
  place: registryPlace,
  rules: usedRules,
  /** Those that change. */
  repositories: z.array(repositoryName),
  /** What goes. */
  going: z.object({ tags: count, manifests: count }),
});
export type CleanupSubject = z.infer<typeof cleanupSubject>;

/** What it is counted by: tags, and manifests without one where nothing else goes. */
export const kindOfGoing = ({ tags, manifests }: CleanupSubject['going']): 'tags' | 'manifests' =>
  tags === 0 && manifests > 0 ? 'manifests' : 'tags';

/** Why rules keep or take something. */
export const cleanupWhy = z.object({
  reason: z.enum(CLEANUP_REASONS),
  /** The rule that decided and its entry (of `protected` the pattern), by their names. */
  rule: z.string().exactOptional(),
  entry: z.string().exactOptional(),
  /** Of `unknown`: what is not known of it. */
  missing: z.enum(CLEANUP_FACTS).exactOptional(),
  /** Of `needed` and `attached`: the tag, or the digest without one, that it stays or goes with. */
  with: z.string().exactOptional(),
});
export type CleanupWhy = z.infer<typeof cleanupWhy>;

/**
 * What becomes of a line. `spared`: it would go, and would take along, or break, what is kept; `moved`: it was put on another digest
 * while the plan was made; `unseen`: the registry does not say what it is. These stay.
 */
export const CLEANUP_STATES = ['delete', 'keep', 'spared', 'moved', 'unseen'] as const;

/** A manifest that goes with all its tags, a tag that goes alone, a tag that stays, or a manifest without one. */
export const cleanupItem = z.object({
  number: z.number().int(),
  state: z.enum(CLEANUP_STATES),
  repository: repositoryName,
  /** Null where the registry does not say. */
  digest: digest.nullable(),
  decided: z.array(cleanupWhy.extend({ tag: tagName })),
  /** Of a manifest without a tag; absent where it goes with what it is attached to. */
  why: cleanupWhy.exactOptional(),
  /** It goes alone: its manifest stays. */
  alone: z.boolean().default(false),
  /** Of one that is spared: what would go along, or break. */
  along: z.array(z.string()).exactOptional(),
  /** A rule of the registry keeps it. */
  immutable: z.literal(true).exactOptional(),
  /** Why it is not seen. */
  failure: failure.exactOptional(),
});
export type CleanupItem = z.infer<typeof cleanupItem>;

const cleanupSummary = z.object({
  /** The rules that were read, in their order. */
  rules: z.array(z.object({ name: z.string() })),
  /** How many were looked through, and those that were left as they are, since they could not be. */
  repositories: count,
  unlooked: z.array(z.object({ repository: repositoryName, failure })),
  /** Those that have no tag afterwards, beside tags about a manifest. */
  emptied: z.array(repositoryName),
  /** Tags by what becomes of them. */
  tags: z.record(z.enum(CLEANUP_STATES), count),
  /** Free in the whole registry once garbage collection has run. */
  bytesFreed: byteCount,
  /** More that manifests without a tag hold, the images of indexes that go: freed where garbage collection takes untagged manifests too. */
  bytesInChildren: byteCount,
  /** Both are upper bounds: not all that may share bytes with what goes was read. */
  bytesAtMost: z.boolean(),
  /** What may go or break that no rule names: the reason why consent is needed. */
  sideEffects: z.array(
    z.object({
      repository: repositoryName,
      alsoRemoved: z.array(tagName),
      unseen: z.array(tagName),
      unread: z.array(tagName),
      indexes: z.array(digest),
    }),
  ),
  countsPulls: z.boolean(),
  garbageCollection: collectionFacts,
  /** Caches of another registry, filled again by pulls. */
  refilled: z.array(repositoryName),
});
export type CleanupSummary = z.infer<typeof cleanupSummary>;

export const cleanupPlan = plan.extend({ subject: cleanupSubject, summary: cleanupSummary });
export type CleanupPlan = z.infer<typeof cleanupPlan>;

/** How far planning is, then the plan. */
export const cleanupPlanning = z.discriminatedUnion('kind', [
  /** `scan`: the registry is looked through for what is not known; `plan`: what would go is looked at. */
  z.object({ kind: z.literal('looking'), at: z.enum(['scan', 'plan']), repositories: share, tags: share }),
  z.object({ kind: z.literal('plan'), plan: cleanupPlan }),
]);
export type CleanupPlanning = z.infer<typeof cleanupPlanning>;

/** What of a registry is cleaned up: all of it unless one of these is given. */
const cleanupScope = z.object({
  namespace: repositoryName.exactOptional(),
  repository: repositoryName.exactOptional(),
});
export type CleanupScope = z.infer<typeof cleanupScope>;

/** The text of a file that rules name for what is in use, by that name. */
const inUseFile = z.object({ name: z.string().min(1).max(1000), text: z.string().max(IN_USE_MAX) });
export type InUseFile = z.infer<typeof inUseFile>;

/** Rules as they are edited, or saved ones. */
const givenRules = cleanupScope.extend({
  accountId,
  text: z.string().max(RULES_MAX),
  inUse: z.array(inUseFile).max(100).default([]),
});
export const cleanupPreviewRequest = givenRules;
/** `id`, `version`: of the saved rules that this text is. */
export const cleanupPlanRequest = givenRules.extend({
  name: z.string().trim().min(1).max(100),
  saved: z.object({ id: z.uuid(), version: count }).optional(),
  kubeconfig: kubeconfigPath.exactOptional(),
});

/** What rules make of a tag, by what is known of it. */
const cleanupDecision = cleanupWhy.extend({
  tag: tagName,
  digest,
  keep: z.boolean(),
  size: byteCount.exactOptional(),
  created: instant.exactOptional(),
  pushed: instant.exactOptional(),
  /** Null: never. */
  pulled: instant.nullable().exactOptional(),
});
export type CleanupDecision = z.infer<typeof cleanupDecision>;

/** Decisions from what is known, repository by repository in their order, then how many there were. Looks at no registry. */
export const cleanupPreview = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tags'), repository: repositoryName, tags: z.array(cleanupDecision) }),
  z.object({
    kind: z.literal('end'),
    repositories: count,
    /** `unseen`: those of which nothing is known yet. */
    tags: z.object({ kept: count, going: count, unseen: count }),
    /** When the oldest of what is known was seen; absent where nothing is known. */
    asOf: instant.exactOptional(),
  }),
]);
export type CleanupPreview = z.infer<typeof cleanupPreview>;

/** When rules run by themselves, while the app is open. */
export const cleanupSchedule = z.object({
  hours: keepFreshHours,
  /** Whether it deletes; else it makes its plan and says what it found. */
  deletes: z.boolean(),
  /** A plan with more tags waits for consent, and so does one that empties a repository or takes what no rule names. */
  atMost: z.number().int().min(1).max(1_000_000),
  /** By which the clusters are asked that the rules name. */
  kubeconfig: kubeconfigPath.exactOptional(),
});
export type CleanupSchedule = z.infer<typeof cleanupSchedule>;

/** How a run by schedule ended: `nothing` was to be done, its plan `waits` for consent, or it was `started`. */
export const scheduledRun = z.object({
  at: instant,
  outcome: z.enum(['running', 'nothing', 'waits', 'started', 'failed']),
  tags: count.exactOptional(),
  manifests: count.exactOptional(),
  bytesFreed: byteCount.exactOptional(),
  operationId: operationId.exactOptional(),
  failure: failure.exactOptional(),
});
export type ScheduledRun = z.infer<typeof scheduledRun>;

/** Rules of a registry that are kept by name. Whoever changes their text makes a version more; those before stay. */
export const savedCleanup = z.object({
  id: z.uuid(),
  accountId,
  name: z.string().min(1).max(100),
  version: count,
  digest,
  text: z.string(),
  created: instant,
  /** When the version was saved. */
  changed: instant,
  schedule: cleanupSchedule.exactOptional(),
  lastRun: scheduledRun.exactOptional(),
});
export type SavedCleanup = z.infer<typeof savedCleanup>;

export const savedCleanupRef = z.object({ id: z.uuid() });
export const savedCleanupsOf = z.object({ accountId });

/** Without an id they are new. */
export const savedCleanupDraft = z.object({
  id: z.uuid().optional(),
  accountId,
  name: z.string().trim().min(1).max(100),
  text: z.string().max(RULES_MAX),
  schedule: cleanupSchedule.nullable().default(null),
});
export type SavedCleanupDraft = z.infer<typeof savedCleanupDraft>;

export const cleanupVersion = z.object({ version: count, digest, text: z.string(), saved: instant });
export type CleanupVersion = z.infer<typeof cleanupVersion>;
