import { z } from 'zod';
import type { JournalOperation, JournalStep } from '../../data/index.ts';
import type { Failure, Operation, OperationItem, OperationProgress, RegistrySide } from '../types.ts';

const place = z.object({
  accountId: z.string(),
  host: z.string(),
  repository: z.string(),
  url: z.string().exactOptional(),
});
const side = place.omit({ repository: true });
const source = place.extend({ reference: z.string() });
const target = place.extend({ tag: z.string() });

/** Subjects and steps as they stand in the journal, where an older version may have written them. */
const subject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('delete'), place, tags: z.array(z.string()), manifests: z.array(z.string()) }),
  z.object({
    kind: z.literal('retag'),
    place,
    reference: z.string(),
    tag: z.string(),
    digest: z.string(),
  }),
  z.object({ kind: z.literal('copy'), source, target, digest: z.string() }),
  z.object({
    kind: z.literal('sync'),
    source: side,
    target: side,
    repositories: z.array(z.string()),
    tags: z.number(),
  }),
  z.object({ kind: z.literal('restore'), place, tags: z.array(z.string()), manifests: z.array(z.string()) }),
]);

const copyStep = z.object({
  kind: z.literal('copy'),
  source,
  target,
  /** What the target tag will point at. */
  digest: z.string(),
  /** What the source tag pointed at when the copy was planned: that is copied. */
  sourceDigest: z.string().exactOptional(),
  /** What the target tag pointed at when the copy was planned. */
  replaces: z.string().exactOptional(),
  attached: z.boolean().exactOptional(),
  platforms: z
    .object({ platforms: z.array(z.string()), index: z.enum(['sparse', 'rewritten']) })
    .exactOptional(),
});
export type CopyStep = z.infer<typeof copyStep>;

export const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('deleteTag'),
    tag: z.string(),
    digest: z.string(),
    /** Other tags of the digest, which must stay. */
    siblings: z.array(z.string()).exactOptional(),
    /** Id of the placeholder that takes it along. */
    placeholder: z.string().exactOptional(),
  }),
  z.object({ kind: z.literal('deleteManifest'), digest: z.string(), tags: z.array(z.string()) }),
  copyStep,
  z.object({ kind: z.literal('restore'), digest: z.string(), tags: z.array(z.string()) }),
]);
export type Step = z.infer<typeof step>;

const progress = z.object({
  steps: z.object({ done: z.number(), total: z.number() }),
  bytes: z.object({ done: z.number(), total: z.number() }),
  bytesSent: z.number(),
  bytesMounted: z.number(),
  bytesPresent: z.number(),
  rate: z.number(),
  remaining: z.number().exactOptional(),
});

const failure = z.object({
  code: z.string(),
  message: z.string(),
  reason: z.string().exactOptional(),
  request: z.string().exactOptional(),
  status: z.number().exactOptional(),
  side: z.enum(['source', 'target']).exactOptional(),
});

export function emptyProgress(steps: number): OperationProgress {
  return {
    steps: { done: 0, total: steps },
    bytes: { done: 0, total: 0 },
    bytesSent: 0,
    bytesMounted: 0,
    bytesPresent: 0,
    rate: 0,
  };
}

export function operationOf(row: JournalOperation, undoable: boolean): Operation {
  const { remaining, rate, ...settled } = progress.parse(row.progress);
  // What a dead process wrote last may tell a speed.
  const running = row.status === 'running';
  return {
    id: row.id,
    subject: subject.parse(row.subject),
    status: row.status === 'interrupted' && row.paused ? 'paused' : row.status,
    started: row.started,
    ...(row.ended === undefined ? {} : { ended: row.ended }),
    progress: {
      ...settled,
      rate: running ? rate : 0,
      ...(running && remaining !== undefined ? { remaining } : {}),
    },
    // Written by failureOf: its codes are the closed ones.
    ...(row.failure === undefined ? {} : { failure: failure.parse(row.failure) as Failure }),
    undoable,
    dismissed: row.dismissed,
  };
}

/** The registries an operation works on, the one it changes last. */
export function placesOf(of: Operation['subject']): RegistrySide[] {
  return of.kind === 'copy' || of.kind === 'sync' ? [of.source, of.target] : [of.place];
}

/** A tag of a transfer; undefined for steps of other kinds. */
export function itemOf({ number, step: kept, done, failure: why }: JournalStep): OperationItem | undefined {
  const read = step.parse(kept);
  if (read.kind !== 'copy') return undefined;
  const { source: from, target: to } = read;
  return {
    number,
    source: { repository: from.repository, reference: from.reference },
    target: { repository: to.repository, tag: to.tag },
    state: done ? 'done' : why === undefined ? 'waiting' : 'failed',
    ...(why === undefined ? {} : { failure: failure.parse(why) as Failure }),
  };
}

export function isFinished(operation: Operation): boolean {
  return operation.status !== 'queued' && operation.status !== 'running';
}
