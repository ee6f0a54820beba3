import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds between two words on how far something is. */
const TELL_EVERY = 200;

/**
 * Tells how far something is while it runs; returns what it comes to. Whoever stops listening ends it.
 *
 * @param seen how far it is at the moment; undefined while nothing can be said yet
 */
export async function* telling<Seen, Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  seen: () => Seen | undefined,
  signal: AbortSignal | undefined,
): AsyncGenerator<Seen, Result, void> {
  const stop = new AbortController();
  const either = signal ? AbortSignal.any([signal, stop.signal]) : stop.signal;
  let ended = false;
  const working = work(either).finally(() => {
    ended = true;
  });
  // Awaited below; a listener that stops before that ends it.
  working.catch(() => {});
  try {
    for (;;) {
      await Promise.race([working, delay(TELL_EVERY, undefined, { ref: false })]);
      if (ended) return await working;
      const now = seen();
      if (now !== undefined) yield structuredClone(now);
    }
  } finally {
    stop.abort();
  }
}
