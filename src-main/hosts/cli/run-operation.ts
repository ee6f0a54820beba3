import type { Operation } from '../../common/operation.ts';
import type { Context } from './context.ts';
import { Cancelled, OperationFailure } from './failures.ts';
import { bytesText, counted, report, statusLine } from './output.ts';

const BAR_WIDTH = 28;

/** Runs a started operation to its end. @throws how it ended where it is not done */
export async function runOperation(context: Context, operationId: string): Promise<Operation> {
  const operation = await followOperation(context, operationId);
  const error = errorOf(operation);
  if (error) throw error;
  return operation;
}

/**
 * Waits until a started operation has ended, however it does. Ctrl+C stops it and waits until it has stopped: `operations resume`
 * goes on with a transfer. A deletion is over, unless `stop` says otherwise.
 */
export async function followOperation(
  { core, json, signal }: Context,
  operationId: string,
  stop: 'cancel' | 'pause' = core.operations.get(operationId).actions.pause ? 'pause' : 'cancel',
): Promise<Operation> {
  const end = () => void core.operations[stop](operationId).catch(() => {});
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  const watching = new AbortController();
  const shown = statusLine.isShown
    ? showProgress(core.operations.watch({ signal: watching.signal }), operationId)
    : undefined;
  try {
    const operation = await core.operations.finished(operationId);
    watching.abort();
    await shown;
    if (!json && signal.aborted && stop === 'pause')
      report(`Continue with: wharfinger operations resume ${operationId} (and the same flags)`);
    return operation;
  } finally {
    signal.removeEventListener('abort', end);
    watching.abort();
    await shown;
  }
}

/** Why an ended operation is not done. */
export function errorOf({ id, status, failure }: Operation): Error | undefined {
  if (status === 'done') return undefined;
  if (status === 'cancelled') return new Cancelled();
  if (status === 'paused') return new Cancelled(`Paused. Continue with: wharfinger operations resume ${id}`);
  return new OperationFailure(failure ?? { code: 'internal', message: 'The operation did not end.' });
}

/** Seconds between start and end. */
export function secondsOf({ started, ended }: Operation): number {
  return (Date.parse(ended ?? started) - Date.parse(started)) / 1000;
}

/** Draws each snapshot over the one before; ends with the stream. */
async function showProgress(snapshots: AsyncIterable<Operation>, operationId: string): Promise<void> {
  try {
    for await (const operation of snapshots) {
      if (operation.id === operationId) statusLine.show(progressLine(operation));
    }
  } catch {
    // Told by the operation itself; ended by us.
  } finally {
    statusLine.clear();
  }
}

/** Coarse, so that it does not jump about. */
function remainingText(seconds: number): string {
  if (seconds < 90) return `${Math.ceil(seconds)} s left`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min left`;
  return seconds < 24 * 3600 ? `${Math.round(seconds / 3600)} h left` : 'more than a day left';
}

function progressLine({ subject, progress: { steps, bytes, rate, remaining } }: Operation): string {
  const [done, total] = bytes.total > 0 ? [bytes.done, bytes.total] : [steps.done, steps.total];
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
  // Of one tag its parts are counted.
  const tags = typeof subject.tags === 'number';
  const parts = [
    ...(bytes.total > 0 ? [`${bytesText(done)} of ${bytesText(total)}`] : []),
    ...(tags || bytes.total === 0
      ? [`${steps.done} of ${tags ? counted(steps.total, 'tag') : steps.total}`]
      : []),
    ...(rate > 0 ? [`${bytesText(Math.round(rate))}/s`] : []),
    ...(remaining === undefined ? [] : [remainingText(remaining)]),
  ];
  return `${bar} ${Math.floor(share * 100)} %  ${parts.join(', ')}`;
}
