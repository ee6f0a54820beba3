export interface Throttle {
  /** Something changed: run now, or as soon as the interval since the last run has passed. */
  request(): void;
  /** Forget what was asked for. */
  cancel(): void;
}

/**
 * Runs `work` at most once each `interval` milliseconds; the first request runs at once, the last is never lost. An interval
 * that depends on how much there is to do is asked for before each wait.
 */
export function throttle(work: () => void, interval: number | (() => number)): Throttle {
  let last = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const run = () => {
    timer = undefined;
    last = performance.now();
    work();
  };
  return {
    request() {
      if (timer !== undefined) return;
      const pause = typeof interval === 'number' ? interval : interval();
      const wait = last + pause - performance.now();
      if (wait <= 0) run();
      else timer = setTimeout(run, wait);
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
