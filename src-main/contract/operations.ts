import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  byteCount,
  digest,
  instant,
  leftOut,
  operationId,
  procedure,
  repositoryName,
  tagName,
} from './base.ts';
import { failure } from './errors.ts';

const place = z.object({ accountId: z.string(), host: z.string(), repository: repositoryName });

/** What an operation is about, for its line in the tray and in the activity list. */
const operationSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delete'), place, tags: z.array(tagName), manifests: z.array(digest) }),
  z.object({ kind: z.literal('retag'), place, reference: z.string(), tag: tagName, digest }),
  z.object({
    kind: z.literal('copy'),
    source: place.extend({ reference: z.string() }),
    target: place.extend({ tag: tagName }),
    digest,
    /** Layers that are not there afterwards; absent where there are none. */
    leftOut: leftOut.optional(),
  }),
  z.object({
    kind: z.literal('sync'),
    source: z.object({ accountId: z.string(), host: z.string() }),
    target: z.object({ accountId: z.string(), host: z.string() }),
    /** Target repositories that get something. */
    repositories: z.array(z.string()),
    tags: z.number().int(),
    leftOut: leftOut.optional(),
  }),
  /** Undo of a deletion: puts manifests and tags back. */
  z.object({ kind: z.literal('restore'), place, tags: z.array(tagName), manifests: z.array(digest) }),
  /** A newer version wrote it, or its record was spoiled; `was` is the kind it names. */
  z.object({ kind: z.literal('unreadable'), was: z.string().optional() }),
]);
export type OperationSubject = z.infer<typeof operationSubject>;

const operationProgress = z.object({
  steps: z.object({ done: z.number().int(), total: z.number().int() }),
  /** Bytes settled (sent, mounted or present) of all the bytes; both 0 where no blobs move. */
  bytes: z.object({ done: byteCount, total: byteCount }),
  bytesSent: byteCount,
  bytesMounted: byteCount,
  bytesPresent: byteCount,
  /** Bytes a second over the last seconds, while running. */
  rate: z.number().nonnegative(),
  /** Seconds, where it can be told. */
  remaining: z.number().nonnegative().optional(),
});

/** A whole snapshot: each one replaces the one before. */
const operation = z.object({
  id: operationId,
  subject: operationSubject,
  /** `paused` by the user, `interrupted` by the end of the program: both go on by `retry`. */
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'paused', 'interrupted']),
  started: instant,
  ended: instant.optional(),
  progress: operationProgress,
  failure: failure.optional(),
  /** A deletion that can be taken back: its manifests are in the trash. */
  undoable: z.boolean(),
  /** Hidden from the tray; still in the activity list. */
  dismissed: z.boolean(),
});
export type Operation = z.infer<typeof operation>;

const itemState = z.enum(['waiting', 'done', 'failed']);

/** One tag of a copy or synchronisation. */
const operationItem = z.object({
  number: z.number().int(),
  source: z.object({ repository: z.string(), reference: z.string() }),
  target: z.object({ repository: z.string(), tag: z.string() }),
  state: itemState,
  failure: failure.optional(),
});
export type OperationItem = z.infer<typeof operationItem>;

/** A running copy or synchronisation from near: whole snapshots, a few a second. */
const operationDetails = z.object({
  items: z.object({ done: z.number().int(), failed: z.number().int(), total: z.number().int() }),
  /** Blobs on their way. */
  active: z.array(z.object({ repository: z.string(), digest, size: byteCount, sent: byteCount })),
});
export type OperationDetails = z.infer<typeof operationDetails>;

export const operations = {
  /** All that the tray shows, then each change as a whole snapshot of one operation, at most about ten a second for each. */
  watch: procedure.output(eventIterator(operation)),
  /** One operation as it is now, also one that the tray shows no more. */
  get: procedure.input(z.object({ operationId })).output(operation),
  /** The record of what was changed, newest first. `before` pages on: the `started` of the last row; no `kinds`: all. */
  history: procedure
    .input(
      z.object({
        limit: z.number().int().min(1).max(500),
        before: instant.optional(),
        kinds: z
          .array(z.enum(['delete', 'retag', 'copy', 'sync', 'restore']))
          .min(1)
          .optional(),
      }),
    )
    .output(z.array(operation)),
  /** The tags of a copy or synchronisation, in order. */
  items: procedure
    .input(
      z.object({
        operationId,
        state: itemState.optional(),
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(z.object({ items: z.array(operationItem), total: z.number().int() })),
  /** Ends when the operation does. */
  watchDetails: procedure.input(z.object({ operationId })).output(eventIterator(operationDetails)),
  /** Stops a running or waiting operation so that `retry` goes on with it where it was. */
  pause: procedure.input(z.object({ operationId })).output(z.void()),
  cancel: procedure.input(z.object({ operationId })).output(z.void()),
  /** Runs a failed, cancelled or interrupted operation again; what is done already is skipped. */
  retry: procedure.input(z.object({ operationId })).output(z.void()),
  /** Puts a deletion's manifests and tags back, from the trash; tags that point elsewhere by now are left alone and told. */
  undo: procedure.input(z.object({ operationId })).output(z.object({ operationId })),
  dismiss: procedure.input(z.object({ operationId })).output(z.void()),
};
