import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { byteCount, digest, instant, operationId, procedure, repositoryName, tagName } from './base.ts';
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
  }),
  /** Undo of a deletion: puts manifests and tags back. */
  z.object({ kind: z.literal('restore'), place, tags: z.array(tagName), manifests: z.array(digest) }),
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
  /** `interrupted`: the program ended while it ran; it can be resumed. */
  status: z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']),
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

export const operations = {
  /** All that the tray shows, then each change as a whole snapshot of one operation, at most about ten a second for each. */
  watch: procedure.output(eventIterator(operation)),
  /** The record of what was changed, newest first. `before` pages on: the `started` of the last row. */
  history: procedure
    .input(z.object({ limit: z.number().int().min(1).max(500), before: instant.optional() }))
    .output(z.array(operation)),
  cancel: procedure.input(z.object({ operationId })).output(z.void()),
  /** Runs a failed, cancelled or interrupted operation again; what is done already is skipped. */
  retry: procedure.input(z.object({ operationId })).output(z.void()),
  /** Puts a deletion's manifests and tags back, from the trash; tags that point elsewhere by now are left alone and told. */
  undo: procedure.input(z.object({ operationId })).output(z.object({ operationId })),
  dismiss: procedure.input(z.object({ operationId })).output(z.void()),
};
