import type { Operation, OperationProgress } from '../../services/index.ts';
import type { Context } from './context.ts';
import { Cancelled, CommandFailure } from './failures.ts';
import { bytesText } from './output.ts';

const BAR_WIDTH = 28;

/** Runs a started operation to its end. Ctrl+C cancels it and waits until it has stopped. */
export async function runOperation({ core, signal }: Context, operationId: string): Promise<Operation> {
  const cancel = () => void core.operations.cancel(operationId).catch(() => {});
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  const watching = new AbortController();
  const shown = process.stderr.isTTY
    ? showProgress(core.operations.watch({ signal: watching.signal }), operationId)
    : undefined;
  try {
    const operation = await core.operations.finished(operationId);
    if (operation.status === 'cancelled') throw new Cancelled();
    if (operation.status !== 'done') {
      throw new CommandFailure(
        operation.failure ?? { code: 'internal', message: 'The operation did not end.' },
      );
    }
    return operation;
  } finally {
    signal.removeEventListener('abort', cancel);
    watching.abort();
    await shown;
  }
}

/** Draws each snapshot over the one before; ends with the stream. */
async function showProgress(snapshots: AsyncIterable<Operation>, operationId: string): Promise<void> {
  try {
    for await (const { id, progress } of snapshots) {
      if (id === operationId) process.stderr.write(`\r\u001b[2K${progressLine(progress)}`);
    }
  } catch {
    // Told by the operation itself; ended by us.
  } finally {
    process.stderr.write('\r\u001b[2K');
  }
}

function progressLine({ steps, bytes, rate, remaining }: OperationProgress): string {
  const [done, total] = bytes.total > 0 ? [bytes.done, bytes.total] : [steps.done, steps.total];
  const share = total > 0 ? Math.min(done / total, 1) : 0;
  const bar = '█'.repeat(Math.round(share * BAR_WIDTH)).padEnd(BAR_WIDTH, '░');
  const amount = bytes.total > 0 ? `${bytesText(done)} of ${bytesText(total)}` : `${done} of ${total}`;
  const speed = rate > 0 ? `, ${bytesText(Math.round(rate))}/s` : '';
  const left = remaining === undefined ? '' : `, ${Math.ceil(remaining)} s left`;
  return `${bar} ${Math.floor(share * 100)} %  ${amount}${speed}${left}`;
}
