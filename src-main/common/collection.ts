import { z } from 'zod';
import { digest, registryPlace, repositoryName } from './place.ts';
import { plan } from './plan.ts';
import { byteCount, count } from './units.ts';

/** Files of blobs and manifests, each once. */
const amount = z.object({ count, bytes: byteCount });
export type Amount = z.infer<typeof amount>;

/** Measured on the disk: bytes of the blocks that are taken, and of what files hold. */
const diskUse = z.object({ allocated: byteCount, apparent: byteCount, files: count });
export type DiskUse = z.infer<typeof diskUse>;

/** What the embedded registry's folder takes on the disk, and for what. */
export const localRegistryUsage = z.object({
  disk: diskUse,
  /** Needed by manifests, they themselves included. */
  referenced: amount,
  /** What no repository needs: a collection takes it. */
  orphaned: amount,
  /** Nothing needs it, but a push may that is under way: kept for an hour. */
  recent: amount,
  /** Manifests that no tag leads to, and what they alone hold: a collection takes them where that is asked for. */
  untagged: amount,
  uploads: z.object({ open: amount, expired: amount }),
  /** Files that were not written to their end. */
  drafts: amount,
  /** Repositories of which a manifest cannot be read: nothing of them is taken. */
  unreadable: z.array(z.string()),
});
export type LocalRegistryUsage = z.infer<typeof localRegistryUsage>;

/** A garbage collection of the embedded registry. */
export const collectSubject = z.object({
  kind: z.literal('collect'),
  place: registryPlace,
  /** Manifests without a tag go as well. */
  untagged: z.boolean(),
  /** How many of these go. */
  manifests: count,
  /** Files that go, and their bytes. */
  files: count,
  bytes: byteCount,
});
export type CollectSubject = z.infer<typeof collectSubject>;

/**
 * `manifest`: one without a tag; `unused`: all that no repository needs, in one line; `blob`, `upload`, `draft`: what that is, file by
 * file.
 */
export const COLLECT_STATES = ['manifest', 'unused', 'blob', 'upload', 'draft'] as const;

/** A line of the plan. */
export const collectItem = z.object({
  number: z.number().int(),
  state: z.enum(COLLECT_STATES),
  size: byteCount,
  /** Of a manifest. */
  repository: repositoryName.exactOptional(),
  /** Of a manifest or blob. */
  digest: digest.exactOptional(),
  /** Of an upload or a draft. */
  file: z.string().exactOptional(),
});
export type CollectItem = z.infer<typeof collectItem>;

const kept = z.object({
  manifests: count,
  content: amount,
  recent: amount,
  uploads: amount,
  unreadable: z.array(z.string()),
});

const collectSummary = z.object({
  blobs: amount,
  uploads: amount,
  drafts: amount,
  /** The manifests included. */
  bytes: byteCount,
  kept,
});

export const collectPlan = plan.extend({ subject: collectSubject, summary: collectSummary });
export type CollectPlan = z.infer<typeof collectPlan>;

/** What a collection has taken, and the disk before and after it. */
export const collectOutcome = z.object({
  manifests: count,
  blobs: amount,
  uploads: amount,
  drafts: amount,
  bytes: byteCount,
  kept,
  disk: z.object({ before: diskUse, after: diskUse }),
});
export type CollectOutcome = z.infer<typeof collectOutcome>;

export const collectionRequest = z.object({ untagged: z.boolean() });
