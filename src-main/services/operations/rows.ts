import { z } from 'zod';
import type { Failure } from '../../common/failure.ts';
import { failure } from '../../common/failure.ts';
import type {
  Operation,
  OperationChange,
  OperationItem,
  OperationProgress,
  OperationSubject,
} from '../../common/operation.ts';
import { operationProgress, operationSubject } from '../../common/operation.ts';
import type { RegistryPlace } from '../../common/place.ts';
import { sourcePlace, targetPlace } from '../../common/place.ts';
import type { JournalOperation, JournalStep } from '../../data/index.ts';
import { INDEX_FORMS } from '../../engine/vocabulary.ts';
import { ServiceError } from '../errors.ts';
import { withPlaces } from './kept-places.ts';

/** Steps as they are in the journal, where an older version may have written them. */
const copyStep = z.object({
  kind: z.literal('copy'),
  source: sourcePlace,
  target: targetPlace,
  /** What the target tag will point at. */
  digest: z.string(),
  /** What the source tag pointed at when the copy was planned: that is copied. */
  sourceDigest: z.string().exactOptional(),
  /** What the target tag pointed at when the copy was planned. */
  replaces: z.string().exactOptional(),
  attached: z.boolean().exactOptional(),
  platforms: z.object({ platforms: z.array(z.string()), index: z.enum(INDEX_FORMS) }).exactOptional(),
  foreign: z.boolean().exactOptional(),
});
export type CopyStep = z.infer<typeof copyStep>;

const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('deleteTag'),
    tag: z.string(),
    digest: z.string(),
    /** Other tags of the digest, which must stay. */
    siblings: z.array(z.string()).exactOptional(),
    /** Id of the placeholder that takes it along. */
    placeholder: z.string().exactOptional(),
  }),
  z.object({
    kind: z.literal('deleteManifest'),
    digest: z.string(),
    tags: z.array(z.string()),
    /** What the registry deletes along with it by itself. */
    takes: z.array(z.object({ digest: z.string(), tags: z.array(z.string()) })).exactOptional(),
  }),
  copyStep,
  z.object({ kind: z.literal('restore'), digest: z.string(), tags: z.array(z.string()) }),
]);
export type Step = z.infer<typeof step>;

const kinded = z.object({ kind: z.string().max(100) });

/** The kind that a subject names, whether or not the rest of it can be read. */
export function kindOf(subject: unknown): string | undefined {
  return kinded.safeParse(subject).data?.kind;
}

/** What a newer version wrote, or what was spoiled: shown as that, and nothing is done with it. */
function readSubject(kept: unknown): OperationSubject {
  const read = operationSubject.safeParse(withPlaces(kept));
  if (read.success) return read.data;
  const was = kindOf(kept);
  return { kind: 'unreadable', ...(was === undefined ? {} : { was }) };
}

const UNREADABLE_FAILURE: Failure = { code: 'internal', message: 'Why it failed cannot be read any more.' };

function readFailure(kept: unknown): Failure {
  return failure.safeParse(kept).data ?? UNREADABLE_FAILURE;
}

const UNREADABLE_STEP: Failure = {
  code: 'storageFailed',
  message: 'What this line is about cannot be read by this version.',
};

/** @throws ServiceError `storageFailed` for a step that a newer version wrote, or that was spoiled */
export function readStep(kept: unknown): Step {
  const read = step.safeParse(withPlaces(kept));
  if (read.success) return read.data;
  throw new ServiceError('storageFailed', 'The record of what is to be done cannot be read by this version.');
}

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
  const { remaining, rate, ...settled } = operationProgress.safeParse(row.progress).data ?? emptyProgress(0);
  // What a dead process wrote last may tell a speed.
  const running = row.status === 'running';
  return {
    id: row.id,
    subject: readSubject(row.subject),
    status: row.status === 'interrupted' && row.paused ? 'paused' : row.status,
    started: row.started,
    ...(row.ended === undefined ? {} : { ended: row.ended }),
    progress: {
      ...settled,
      rate: running ? rate : 0,
      ...(running && remaining !== undefined ? { remaining } : {}),
    },
    ...(row.failure === undefined ? {} : { failure: readFailure(row.failure) }),
    undoable,
    dismissed: row.dismissed,
  };
}

/** The registries an operation works on, the one it changes last. */
export function placesOf(of: Operation['subject']): RegistryPlace[] {
  if (of.kind === 'unreadable') return [];
  return of.kind === 'copy' || of.kind === 'sync' ? [of.source, of.target] : [of.place];
}

/** A tag of a transfer; undefined for steps of other kinds. */
export function itemOf({ number, step: kept, done, failure: why }: JournalStep): OperationItem | undefined {
  const read = step.safeParse(withPlaces(kept));
  if (!read.success) {
    const nowhere = { repository: '', reference: '', tag: '' };
    return { number, source: nowhere, target: nowhere, state: 'failed', failure: UNREADABLE_STEP };
  }
  if (read.data.kind !== 'copy') return undefined;
  const { source: from, target: to } = read.data;
  return {
    number,
    source: { repository: from.repository, reference: from.reference },
    target: { repository: to.repository, tag: to.tag },
    state: done ? 'done' : why === undefined ? 'waiting' : 'failed',
    ...(why === undefined ? {} : { failure: readFailure(why) }),
  };
}

/** What a step does to each of its tags, or to its manifest where that has none; nothing for one that cannot be read. */
export function changesOf({ step: kept, done, result, failure: why }: JournalStep): OperationChange[] {
  const read = step.safeParse(withPlaces(kept)).data;
  if (!read) return [];
  const ended = {
    state: done ? (result === 'leftAlone' ? 'leftAlone' : 'done') : why === undefined ? 'waiting' : 'failed',
    ...(why === undefined ? {} : { failure: readFailure(why) }),
  } as const;
  switch (read.kind) {
    case 'copy': {
      const { repository, tag } = read.target;
      return [{ repository, tag, before: read.replaces ?? null, after: read.digest, ...ended }];
    }
    case 'deleteTag':
      return [{ tag: read.tag, before: read.digest, after: null, ...ended }];
    default: {
      const [before, after] = read.kind === 'restore' ? [null, read.digest] : [read.digest, null];
      const tags: readonly (string | null)[] = read.tags.length > 0 ? read.tags : [null];
      return tags.map((tag) => ({ tag, before, after, ...ended }));
    }
  }
}

export function isFinished(operation: Operation): boolean {
  return operation.status !== 'queued' && operation.status !== 'running';
}
