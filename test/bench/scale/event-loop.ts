import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Finer than what is looked for; the histogram holds the whole time between two wakings. */
const RESOLUTION_MS = 1;

export interface Watched<Result> {
  result: Result;
  /** Milliseconds that the event loop was late at most. */
  late: number;
  /** Milliseconds from the beginning to the end. */
  took: number;
}

export async function watchingLoop<Result>(work: () => Promise<Result>): Promise<Watched<Result>> {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  await pause();
  const begun = performance.now();
  try {
    const result = await work();
    const took = performance.now() - begun;
    await pause();
    return { result, took, late: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) };
  } finally {
    delay.disable();
  }
}

/** A blocked loop is noticed between two wakings of the histogram. */
function pause(): Promise<unknown> {
  return new Promise((resolve) => setTimeout(resolve, 3 * RESOLUTION_MS));
}
