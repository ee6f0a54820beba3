import { useCallback, useEffect, useRef, useState } from 'react';
import { failureOf } from './failure.ts';

export interface Work {
  readonly running: boolean;
  /** Why the last work ended before its end; undefined where it was given up. */
  readonly error: unknown;
  /**
   * @param work hears from `signal` that it is given up; what it does with answers is its own
   * @param ended after its end, however it came; not where another work has taken its place
   */
  readonly start: (work: (signal: AbortSignal) => Promise<void>, ended?: () => void) => void;
  readonly cancel: () => void;
}

/**
 * What a page has done for itself and answers come from meanwhile, one work at a time: a new one ends the one before, and so does leaving the
 * page, so that nothing is read for nobody. What changes registries is an operation and outlives the page.
 */
export function useWork(): Work {
  const current = useRef<AbortController>(undefined);
  const [running, setRunning] = useState(false);
  const [error, setError] = useState<unknown>();
  const cancel = useCallback(() => current.current?.abort(), []);
  const start = useCallback<Work['start']>(
    (work, ended) => {
      cancel();
      const controller = new AbortController();
      current.current = controller;
      setError(undefined);
      setRunning(true);
      void work(controller.signal)
        .catch((failed: unknown) => {
          if (!controller.signal.aborted && failureOf(failed).code !== 'cancelled') setError(failed);
        })
        .finally(() => {
          if (current.current !== controller) return;
          setRunning(false);
          ended?.();
        });
    },
    [cancel],
  );
  useEffect(() => cancel, [cancel]);
  return { running, error, start, cancel };
}
