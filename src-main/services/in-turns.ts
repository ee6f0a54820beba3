import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds that such work takes at a time: whatever else the program does waits so long at most. */
const SLICE = 8;

/** What a generator comes to that gives way after each of its slices. @throws the signal's reason */
export async function inTurns<Result>(
  work: Generator<void, Result, void>,
  signal: AbortSignal | undefined,
): Promise<Result> {
  for (let begun = performance.now(); ; ) {
    const next = work.next();
    if (next.done) return next.value;
    if (performance.now() - begun < SLICE) continue;
    await turn();
    signal?.throwIfAborted();
    begun = performance.now();
  }
}
