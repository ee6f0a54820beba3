/**
 * Works on many items, at most `limit` at once, and yields each result when it is there. The first error ends it and aborts
 * the rest; so does leaving the loop.
 */
export async function* inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  signal: AbortSignal | undefined,
  work: (item: Item, signal: AbortSignal) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const controller = new AbortController();
  const combined = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  const running = new Map<number, Promise<{ index: number; result: Result }>>();
  let next = 0;
  try {
    for (;;) {
      while (next < items.length && running.size < limit) {
        const index = next++;
        const item = items[index] as Item;
        const promise = work(item, combined).then((result) => ({ index, result }));
        // Reported by the race; those left behind after the first error are only swallowed.
        promise.catch(() => undefined);
        running.set(index, promise);
      }
      if (running.size === 0) return;
      const { index, result } = await Promise.race(running.values());
      running.delete(index);
      yield result;
    }
  } finally {
    controller.abort();
  }
}
