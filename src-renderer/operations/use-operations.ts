import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Operation } from '../../src-main/common/operation.ts';
import { useConnectionState } from '../api.ts';
import { operationQueries, watchOperations } from './queries.ts';
import { type Work, workOf } from './snapshots.ts';

/** Milliseconds before a watch that ended although the link is up is begun again. */
const RESUME_AFTER = 2_000;

const none: ReadonlyMap<string, Operation> = new Map();

/** Keeps what is known of operations up to date while the component is mounted; `onEnded` hears of each that comes to an end. */
export function useWatchedOperations(onEnded: (operations: readonly Operation[]) => void): void {
  const client = useQueryClient();
  const lost = useConnectionState() === 'lost';
  const [attempt, setAttempt] = useState(0);
  const listener = useRef(onEnded);
  useEffect(() => {
    listener.current = onEnded;
  }, [onEnded]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt begins the watch again
  useEffect(() => {
    if (lost) return;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const resumeLater = () => {
      if (!abort.signal.aborted) timer = setTimeout(() => setAttempt((count) => count + 1), RESUME_AFTER);
    };
    // Why a watch ended does not matter here: a broken link is reported by the frame, and calls report their own failures.
    watchOperations({
      client,
      signal: abort.signal,
      onEnded: (operations) => listener.current(operations),
    }).then(resumeLater, resumeLater);
    return () => {
      abort.abort();
      clearTimeout(timer);
    };
  }, [client, lost, attempt]);
}

/** What runs, what stopped and what failed, as it is this moment. */
export function useWork(): Work {
  const { data: known = none } = useQuery(operationQueries.watched());
  return useMemo(() => workOf(known), [known]);
}
