import { RegistryError } from './errors.ts';

/**
 * Runs `work` for each item, at most `limit` at a time. The first failure ends it: what is under way is stopped by the signal it
 * was given, and waited for, so that nothing runs on behind the caller's back.
 */
export async function forEachLimit<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T, signal: AbortSignal) => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  const queue = items[Symbol.iterator]();
  let failure: { error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (!failure) {
      const next = queue.next();
      if (next.done) return;
      try {
        if (signal?.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
        await work(next.value, either);
      } catch (error) {
        // Only the first one counts: the others end because of it.
        failure ??= { error };
        stop.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, limit) }, worker));
  if (failure) throw failure.error;
}
