import { z } from 'zod';
import { failure } from './failure.ts';
import { operationId } from './ids.ts';
import { digest } from './place.ts';
import { tagPair } from './transfer.ts';
import { byteCount, count, instant, page, share } from './units.ts';

/** What an operation is about: its kind's own fields. */
const operationSubject = z.looseObject({ kind: z.string() });

/** What may be done with an operation as it is now. */
const operationActions = z.object({
  /** Stop it so that `retry` goes on where it was. */
  pause: z.boolean(),
  /** End it for good, or give up what stopped. */
  cancel: z.boolean(),
  retry: z.boolean(),
  undo: z.boolean(),
  dismiss: z.boolean(),
});
export type OperationActions = z.infer<typeof operationActions>;

export const operationProgress = z.object({
  steps: share,
  /** Bytes settled (sent, mounted or present) of all the bytes; both 0 where no blobs move. */
  bytes: z.object({ done: byteCount, total: byteCount }),
  bytesSent: byteCount,
  bytesMounted: byteCount,
  bytesPresent: byteCount,
  /** Bytes a second over the last seconds, while running. */
  rate: z.number().nonnegative(),
  /** Seconds; absent until enough has been sent to say. */
  remaining: z.number().nonnegative().exactOptional(),
});
export type OperationProgress = z.infer<typeof operationProgress>;

/** How many of an operation's steps are done, and how many failed; each tag of a transfer is one. */
const stepCounts = z.object({ done: count, failed: count, total: count });

/** A whole snapshot: each one replaces the one before. */
export const operation = z.object({
  id: operationId,
  /** Of its kind; `unreadable` where a newer version wrote it or its record was spoiled, `was` being the kind it names. */
  subject: operationSubject,
  /** What it is about, in English. */
  title: z.string(),
  /** `paused` by the user, `interrupted` by the end of the program: both go on by `retry`. */
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'paused', 'interrupted']),
  started: instant,
  ended: instant.exactOptional(),
  progress: operationProgress,
  failure: failure.exactOptional(),
  /** Of one that failed: in part, it may be. */
  counts: stepCounts.exactOptional(),
  /** The operation that it takes back. */
  undoes: operationId.exactOptional(),
  /** What took it back, and when. */
  undone: z.object({ by: operationId, at: instant }).exactOptional(),
  /** What it has done in all, where its kind says that. */
  outcome: z.unknown().optional(),
  actions: operationActions,
  /** Looked at: the status bar has it no more, the history does. */
  dismissed: z.boolean(),
});
export type Operation = z.infer<typeof operation>;

const itemState = z.enum(['waiting', 'done', 'failed']);
export type ItemState = z.infer<typeof itemState>;

/** One tag of a copy or synchronisation. */
const operationItem = tagPair.extend({
  number: z.number().int(),
  state: itemState,
  failure: failure.exactOptional(),
});
export type OperationItem = z.infer<typeof operationItem>;

/** A running copy or synchronisation from near: whole snapshots, a few a second. */
export const operationDetails = z.object({
  items: stepCounts,
  /** Blobs on their way. */
  active: z.array(z.object({ repository: z.string(), digest, size: byteCount, sent: byteCount })),
});
export type OperationDetails = z.infer<typeof operationDetails>;

export const operationRef = z.object({ operationId });

/** `before` pages on: the `started` of the last row; no `kinds`: all. */
export const historyRequest = z.object({
  limit: z.number().int().min(1).max(500),
  before: instant.optional(),
  kinds: z.array(z.string()).min(1).optional(),
});

export const operationItemsRequest = operationRef.extend({ state: itemState.optional(), ...page.shape });

export const operationItems = z.object({ items: z.array(operationItem), total: count });
