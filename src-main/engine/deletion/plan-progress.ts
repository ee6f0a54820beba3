import type { CallOptions } from '../endpoints/options.ts';
import { forEachLimit } from '../for-each-limit.ts';

/** Tags, manifests or lists of referrers asked for at a time; the client's own bound holds as well. */
const READS = 8;

export interface PlanProgress {
  phase: 'tags' | 'manifests' | 'referrers';
  done: number;
  total: number;
}

export interface PlanOptions extends CallOptions {
  onProgress?: ((progress: PlanProgress) => void) | undefined;
}

/** One phase of making a plan: runs `read` for each item, a few at a time (see {@link forEachLimit}), and reports how many are done. */
export async function readEach<T>(
  phase: PlanProgress['phase'],
  items: readonly T[],
  read: (item: T, signal: AbortSignal) => Promise<void>,
  { signal, onProgress }: PlanOptions,
): Promise<void> {
  let done = 0;
  await forEachLimit(
    items,
    READS,
    async (item, stop) => {
      await read(item, stop);
      done++;
      onProgress?.({ phase, done, total: items.length });
    },
    signal,
  );
}
