import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, shownSubject } from '../operation-kinds.ts';
export type OperationStatus = Operation['status'];

/** All operations known to the tray by id; each snapshot replaces the one before. */
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

/** What the tray shows: running ones first, then the newest. */
export function trayRows(known: OperationSnapshots): readonly Operation[] {
  return [...known.values()]
    .filter((operation) => !operation.dismissed)
    .toSorted((a, b) => {
      const live = Number(isLive(b.status)) - Number(isLive(a.status));
      return live !== 0 ? live : Date.parse(b.started) - Date.parse(a.started);
    });
}

/** What running an ended operation again means for it. */
export function retryWord(operation: Operation): 'resume' | 'retryFailed' | 'retry' {
  const { status } = operation;
  if (status === 'paused' || (status === 'interrupted' && isTransfer(operation))) return 'resume';
  return status === 'failed' && shownSubject(operation).transfer?.many ? 'retryFailed' : 'retry';
}

/** Share done, 0 to 1: bytes where bytes move, steps else. */
export function shareDone({ progress }: Operation): number {
  const { done, total } = progress.bytes.total > 0 ? progress.bytes : progress.steps;
  return total > 0 ? Math.min(1, done / total) : 0;
}
