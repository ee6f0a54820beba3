import { setTimeout as delay } from 'node:timers/promises';
import type { RemoteRun } from '../../common/collection-remote.ts';
import { type CollectionRun, type GarbageCollector, RegistryError } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Milliseconds between two looks at a run: at first, and at most. */
const LOOK_FIRST = 100;
const LOOK_LAST = 3_000;
/** Characters kept of a log: its end says what came of it. */
const LOG_KEPT = 32 * 1024;

/** @throws ServiceError `unsupported` where the product has none; {RegistryError} */
export async function collectorOf(
  { identification }: RegistryHandle,
  { signal }: CallOptions,
): Promise<GarbageCollector> {
  const { abilities } = await identification.registry({ signal });
  if (abilities.collector) return abilities.collector;
  throw new ServiceError(
    'unsupported',
    'This registry does not collect garbage when it is asked by its API.',
  );
}

/** Follows a run to its end, telling each look. @throws {RegistryError} also where it ended otherwise than done */
export async function followRun(
  collector: GarbageCollector,
  id: string,
  { signal, report }: CallOptions & { report?: (run: CollectionRun) => void },
): Promise<CollectionRun> {
  for (let wait = LOOK_FIRST; ; wait = Math.min(wait * 2, LOOK_LAST)) {
    const run = await collector.run(id, signal);
    report?.(run);
    if (run.state === 'done') return run;
    if (run.state === 'failed' || run.state === 'stopped')
      throw new RegistryError('registryFailed', '', { reason: `Its run ${id} has ended as ${run.state}.` });
    await delay(wait, undefined, signal && { signal });
  }
}

export function remoteRunOf({ freed, ...run }: CollectionRun): RemoteRun {
  return { ...run, ...(freed && { freed: { ...freed } }) };
}

/** The end of a log, from the beginning of a line. */
export function endOf(log: string): string {
  if (log.length <= LOG_KEPT) return log;
  const end = log.slice(-LOG_KEPT);
  return end.slice(end.indexOf('\n') + 1);
}

/** Undefined where it cannot be had: what was collected is known without it. */
export async function logOf(
  collector: GarbageCollector,
  id: string,
  { signal }: CallOptions,
): Promise<string | undefined> {
  try {
    return await collector.log(id, signal);
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
