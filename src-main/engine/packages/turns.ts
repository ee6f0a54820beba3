import { setImmediate as otherWork } from 'node:timers/promises';

/** Milliseconds of work before other work gets its turn. */
const SLICE = 8;

/** Long work in slices: nothing else of the process is late by more than one. */
export class Turns {
  #since = performance.now();

  /** Undefined while the slice lasts, so that nothing is waited for. Called often. */
  take(signal?: AbortSignal): Promise<void> | undefined {
    return performance.now() - this.#since < SLICE ? undefined : this.#turn(signal);
  }

  async #turn(signal: AbortSignal | undefined): Promise<void> {
    await otherWork();
    signal?.throwIfAborted();
    this.#since = performance.now();
  }
}

/** Entries that are sorted at once: some milliseconds. */
const RUN = 2_000;

/** A sorted copy, made in slices: sorting a hundred thousand entries at once takes a tenth of a second. */
export async function sorted<T>(
  items: readonly T[],
  compare: (a: T, b: T) => number,
  turns: Turns,
  signal?: AbortSignal,
): Promise<T[]> {
  let runs: T[][] = [];
  for (let at = 0; at < items.length; at += RUN) {
    runs.push(items.slice(at, at + RUN).sort(compare));
    await turns.take(signal);
  }
  while (runs.length > 1) {
    const merged: T[][] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(await mergeRuns(runs[at] ?? [], runs[at + 1] ?? [], compare, turns, signal));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeRuns<T>(
  left: readonly T[],
  right: readonly T[],
  compare: (a: T, b: T) => number,
  turns: Turns,
  signal: AbortSignal | undefined,
): Promise<T[]> {
  const merged: T[] = [];
  let next = 0;
  for (const item of left) {
    for (let other = right[next]; other !== undefined && compare(other, item) < 0; other = right[next]) {
      merged.push(other);
      next += 1;
    }
    merged.push(item);
    if (merged.length % RUN === 0) await turns.take(signal);
  }
  return merged.concat(right.slice(next));
}
