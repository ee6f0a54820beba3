import { z } from 'zod';
import { type Failure, failure } from '../../common/failure.ts';
import {
  type Operation,
  type OperationActions,
  type OperationProgress,
  operationProgress,
} from '../../common/operation.ts';
import type { JournalOperation, JournalStep } from '../../data/index.ts';
import type { OperationChange } from '../types.ts';
import type { OperationKind } from './kind.ts';
import { LEFT_ALONE } from './steps.ts';

const kinded = z.object({ kind: z.string().max(100) });

/** The kind that a subject names, whether or not the rest of it can be read. */
export function kindOf(subject: unknown): string | undefined {
  return kinded.safeParse(subject).data?.kind;
}

const UNREADABLE_FAILURE: Failure = { code: 'internal', message: 'Why it failed cannot be read any more.' };

/** Of a line that a newer version wrote, or that was spoiled. */
export const UNREADABLE_STEP: Failure = {
  code: 'storageFailed',
  message: 'What this line is about cannot be read by this version.',
};

/** Written by failureOf: its codes are the closed ones. */
export function readFailure(kept: unknown): Failure {
  return failure.safeParse(kept).data ?? UNREADABLE_FAILURE;
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

export function isFinished({ status }: Pick<Operation, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

/** @param known undefined where its subject cannot be read by this version */
export function operationOf(
  row: JournalOperation,
  known: { kind: OperationKind; subject: unknown } | undefined,
  undoable: boolean,
): Operation {
  const { remaining, rate, ...settled } = operationProgress.safeParse(row.progress).data ?? emptyProgress(0);
  // What a dead process wrote last may have a speed.
  const running = row.status === 'running';
  const status = row.status === 'interrupted' && row.paused ? 'paused' : row.status;
  const was = kindOf(row.subject);
  return {
    id: row.id,
    // A kind's schema takes objects with its kind only.
    subject: known
      ? (known.subject as Operation['subject'])
      : { kind: 'unreadable', ...(was === undefined ? {} : { was }) },
    title: known
      ? known.kind.words(known.subject)
      : `not readable by this version${was === undefined ? '' : ` (${was})`}`,
    status,
    started: row.started,
    ...(row.ended === undefined ? {} : { ended: row.ended }),
    progress: {
      ...settled,
      rate: running ? rate : 0,
      ...(running && remaining !== undefined ? { remaining } : {}),
    },
    ...(row.failure === undefined ? {} : { failure: readFailure(row.failure) }),
    ...(row.undoes === undefined ? {} : { undoes: row.undoes }),
    actions: actionsOf({ status, dismissed: row.dismissed }, known?.kind, undoable),
    dismissed: row.dismissed,
  };
}

/** What may be done with an operation. */
export function actionsOf(
  operation: Pick<Operation, 'status' | 'dismissed'>,
  kind: OperationKind | undefined,
  undoable: boolean,
): OperationActions {
  const { status, dismissed } = operation;
  const goesOn = kind?.goesOn === true;
  const live = !isFinished(operation);
  return {
    pause: live && goesOn,
    // What stopped and would go on by itself can be given up.
    cancel: live || (goesOn && (status === 'paused' || status === 'interrupted')),
    retry: !live && status !== 'done' && kind !== undefined,
    undo: !live && undoable,
    dismiss: !live && !dismissed,
  };
}

/** What a step does to each of its tags, or to its manifest where that has none; nothing for one that cannot be read. */
export function changesOf(
  { step: kept, done, result, failure: why }: JournalStep,
  kind: OperationKind,
  subject: unknown,
): OperationChange[] {
  const read = kind.step.safeParse(kept);
  if (!read.success) return [];
  const state = done
    ? result === LEFT_ALONE
      ? LEFT_ALONE
      : 'done'
    : why === undefined
      ? 'waiting'
      : 'failed';
  const ended = { state, ...(why === undefined ? {} : { failure: readFailure(why) }) } as const;
  return kind.changes(read.data, subject).map(({ stays: _, ...change }) => ({ ...change, ...ended }));
}
