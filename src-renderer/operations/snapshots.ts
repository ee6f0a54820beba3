import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, shownSubject } from '../operation-kinds.ts';
export type OperationStatus = Operation['status'];

/** All operations known to the window by id; each snapshot replaces the one before. */
export type OperationSnapshots = ReadonlyMap<string, Operation>;

export function isLive(status: OperationStatus): status is 'queued' | 'running' {
  return status === 'queued' || status === 'running';
}

/** Takes new snapshots in, leaving the old map untouched. */
export function applySnapshots(known: OperationSnapshots, news: Iterable<Operation>): OperationSnapshots {
  const next = new Map(known);
  for (const operation of news) next.set(operation.id, operation);
  return next;
}

/**
 * Operations that came to an end with these snapshots. One that is reported for the first time and has ended counts when it began
 * after the watch did: it was too fast to be seen running.
 */
export function newlyEnded(
  known: OperationSnapshots,
  news: Iterable<Operation>,
  watchingSince: number,
): readonly Operation[] {
  return [...news].filter((operation) => {
    if (isLive(operation.status)) return false;
    const before = known.get(operation.id);
    if (before) return isLive(before.status);
    return operation.ended !== undefined && Date.parse(operation.ended) >= watchingSince;
  });
}

/** What the status bar shows, each newest first. What is done or was cancelled is in the history alone. */
export interface Work {
  /** Those that wait for their turn come last. */
  readonly running: readonly Operation[];
  /** Stopped in the middle: somebody says whether it goes on. */
  readonly stopped: readonly Operation[];
  /** Not looked at yet. */
  readonly failed: readonly Operation[];
}

export function workOf(known: OperationSnapshots): Work {
  const newest = [...known.values()].toSorted((a, b) => Date.parse(b.started) - Date.parse(a.started));
  const are = (...statuses: OperationStatus[]) => newest.filter(({ status }) => statuses.includes(status));
  const open = (operation: Operation) => !operation.dismissed;
  return {
    running: [...are('running'), ...are('queued')],
    stopped: are('paused', 'interrupted').filter(open),
    failed: are('failed').filter(open),
  };
}

/** What running an ended operation again means for it. */
export function retryWord(operation: Operation): 'resume' | 'retryFailed' | 'retry' {
  const { status } = operation;
  if (status === 'paused' || (status === 'interrupted' && isTransfer(operation))) return 'resume';
  return status === 'failed' && shownSubject(operation).transfer?.many ? 'retryFailed' : 'retry';
}

/** Share done, 0 to 1: bytes where bytes move, steps else. */
export function shareDone({ progress }: Pick<Operation, 'progress'>): number {
  const { done, total } = progress.bytes.total > 0 ? progress.bytes : progress.steps;
  return total > 0 ? Math.min(1, done / total) : 0;
}

/**
 * Several as one: their bytes together where all move bytes, else the mean of their shares; and the seconds until the last one is done,
 * where each has an estimate.
 */
export function overall(running: readonly Pick<Operation, 'progress'>[]): {
  share: number;
  remaining: number | undefined;
} {
  const sum = (of: (operation: Pick<Operation, 'progress'>) => number) =>
    running.reduce((total, operation) => total + of(operation), 0);
  const total = sum(({ progress }) => progress.bytes.total);
  const moveBytes = running.every(({ progress }) => progress.bytes.total > 0);
  const share = moveBytes
    ? sum(({ progress }) => progress.bytes.done) / total
    : sum(shareDone) / running.length;
  const left = running.flatMap(({ progress }) => progress.remaining ?? []);
  return {
    share: running.length > 0 ? Math.min(1, share) : 0,
    remaining: left.length > 0 && left.length === running.length ? Math.max(...left) : undefined,
  };
}
