import { setTimeout as delay } from 'node:timers/promises';
import { RegistryError } from '../engine/index.ts';
import type { CollectionRunState } from '../engine/vocabulary/collection.ts';
import type { CallOptions } from './types.ts';

/** Milliseconds between two looks at a run: at first, and at most. */
const LOOK_FIRST = 100;
const LOOK_LAST = 3_000;
/** Characters kept of a log: its end says what came of it. */
const LOG_KEPT = 32 * 1024;

interface Runs<Run> {
  run(id: string, signal: AbortSignal | undefined): Promise<Run>;
}

/** Follows a run that a registry makes itself to its end, telling each look. @throws {RegistryError} also where it ended otherwise than done */
export async function followRun<Run extends { readonly state: CollectionRunState }>(
  runs: Runs<Run>,
  id: string,
  { signal, report }: CallOptions & { report?: (run: Run) => void },
): Promise<Run> {
  for (let wait = LOOK_FIRST; ; wait = Math.min(wait * 2, LOOK_LAST)) {
    const run = await runs.run(id, signal);
    report?.(run);
    if (run.state === 'done') return run;
    if (run.state === 'failed' || run.state === 'stopped')
      throw new RegistryError('registryFailed', '', { reason: `Its run ${id} has ended as ${run.state}.` });
    await delay(wait, undefined, signal && { signal });
  }
}

/** The end of a log, from the beginning of a line. */
export function endOf(log: string): string {
  if (log.length <= LOG_KEPT) return log;
  const end = log.slice(-LOG_KEPT);
  return end.slice(end.indexOf('\n') + 1);
}

/** What a registry logs; undefined where it cannot be had: what was done is known without it. */
export async function logIfAny(read: () => Promise<string>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
