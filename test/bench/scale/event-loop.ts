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
  const begun = performance.now();
  try {
    const result = await work();
    // A blocked loop is noticed when it goes on.
    await new Promise((resolve) => setTimeout(resolve, 2 * RESOLUTION_MS));
    return { result, took: performance.now() - begun, late: Math.max(0, delay.max / 1e6 - RESOLUTION_MS) };
  } finally {
    delay.disable();
  }
}
