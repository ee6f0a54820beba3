import { z } from 'zod';
import { failure } from './failure.ts';
import { operationId } from './ids.ts';
import { digest, place, registryPlace, sourcePlace, tagName, targetPlace } from './place.ts';
import { leftOut, tagPair } from './transfer.ts';
import { byteCount, count, instant, share } from './units.ts';

/** What an operation is about, for its line in the tray and in the activity list. */
export const operationSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delete'), place, tags: z.array(tagName), manifests: z.array(digest) }),
  z.object({ kind: z.literal('retag'), place, reference: z.string(), tag: tagName, digest }),
  z.object({
    kind: z.literal('copy'),
    source: sourcePlace,
    target: targetPlace,
    digest,
    /** Layers that are not there afterwards; absent where there are none. */
    leftOut: leftOut.exactOptional(),
  }),
  z.object({
    kind: z.literal('sync'),
    source: registryPlace,
    target: registryPlace,
    /** Target repositories that get something. */
    repositories: z.array(z.string()),
    tags: count,
    leftOut: leftOut.exactOptional(),
  }),
  /** Undo of a deletion: puts manifests and tags back. */
  z.object({ kind: z.literal('restore'), place, tags: z.array(tagName), manifests: z.array(digest) }),
  /** A newer version wrote it, or its record was spoiled; `was` is the kind it names. */
  z.object({ kind: z.literal('unreadable'), was: z.string().exactOptional() }),
]);
export type OperationSubject = z.infer<typeof operationSubject>;

/** What can be asked of the record by kind. */
export const recordedKind = z.enum(['delete', 'retag', 'copy', 'sync', 'restore']);
export type RecordedKind = z.infer<typeof recordedKind>;

export const operationProgress = z.object({
  steps: share,
  /** Bytes settled (sent, mounted or present) of all the bytes; both 0 where no blobs move. */
  bytes: z.object({ done: byteCount, total: byteCount }),
  bytesSent: byteCount,
  bytesMounted: byteCount,
  bytesPresent: byteCount,
  /** Bytes a second over the last seconds, while running. */
  rate: z.number().nonnegative(),
  /** Seconds, where they can be estimated. */
  remaining: z.number().nonnegative().exactOptional(),
});
export type OperationProgress = z.infer<typeof operationProgress>;

/** A whole snapshot: each one replaces the one before. */
export const operation = z.object({
  id: operationId,
  subject: operationSubject,
  /** `paused` by the user, `interrupted` by the end of the program: both go on by `retry`. */
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'paused', 'interrupted']),
  started: instant,
  ended: instant.exactOptional(),
  progress: operationProgress,
  failure: failure.exactOptional(),
  /** A deletion that can be taken back: its manifests are in the trash. */
  undoable: z.boolean(),
  /** Hidden from the tray; still in the activity list. */
  dismissed: z.boolean(),
});
export type Operation = z.infer<typeof operation>;

export const itemState = z.enum(['waiting', 'done', 'failed']);
export type ItemState = z.infer<typeof itemState>;

/** One tag of a copy or synchronisation. */
export const operationItem = tagPair.extend({
  number: z.number().int(),
  state: itemState,
  failure: failure.exactOptional(),
});
export type OperationItem = z.infer<typeof operationItem>;

/** What an operation does, or has done, to a tag; `tag` is null for a manifest without one. */
export interface OperationChange {
  /** Of a transfer: the target's. */
  repository?: string;
  tag: string | null;
  /** Digests; null: it was or is not there. */
  before: string | null;
  after: string | null;
  /** `leftAlone`: it points elsewhere by now. */
  state: ItemState | 'leftAlone';
  failure?: z.infer<typeof failure>;
}

/** A running copy or synchronisation from near: whole snapshots, a few a second. */
export const operationDetails = z.object({
  items: z.object({ done: count, failed: count, total: count }),
  /** Blobs on their way. */
  active: z.array(z.object({ repository: z.string(), digest, size: byteCount, sent: byteCount })),
});
export type OperationDetails = z.infer<typeof operationDetails>;
