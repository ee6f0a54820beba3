import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer } from '../operation-kinds.ts';
import { isLive, type OperationSnapshots } from '../operations/snapshots.ts';

/**
 * The list of transfers: what is recorded, with what is known of it this moment, and what began since. Running ones come first,
 * then the newest.
 */
export function mergeTransfers(
  recorded: readonly Operation[],
  watched: OperationSnapshots | undefined,
): readonly Operation[] {
  const all = new Map(recorded.map((operation) => [operation.id, operation]));
  for (const operation of watched?.values() ?? []) {
    if (isTransfer(operation)) all.set(operation.id, operation);
  }
  return [...all.values()].toSorted((a, b) => {
    const live = Number(isLive(b.status)) - Number(isLive(a.status));
    return live !== 0 ? live : Date.parse(b.started) - Date.parse(a.started);
  });
}

/** Whether work on it may go on: what is paused or was interrupted has not finished. */
export function isUnfinished({ status }: Operation): boolean {
  return isLive(status) || status === 'paused' || status === 'interrupted';
}
