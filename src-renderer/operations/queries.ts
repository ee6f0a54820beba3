import { infiniteQueryOptions, type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import type { ItemState, Operation } from '../../src-main/common/operation.ts';
import { api, orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';
import { throttle } from '../lists/throttle.ts';
import { applySnapshots, newlyEnded, type OperationSnapshots } from './snapshots.ts';

const watchKey = ['operations', 'watched'] as const;

/** Milliseconds between two drawings of the status bar, whatever the number of operations. */
const SHOW_INTERVAL = 100;

/** Operations in one page of the history. */
const HISTORY_PAGE = 100;

export const operationQueries = {
  /** The record of changes, newest first; of these kinds where some are given. */
  history: (kinds?: string[]) =>
    infiniteQueryOptions({
      ...orpc.operations.history.infiniteOptions({
        input: (before: string | undefined) => ({
          limit: HISTORY_PAGE,
          ...(kinds && { kinds }),
          ...(before !== undefined && { before }),
        }),
        initialPageParam: undefined,
        getNextPageParam: (last: readonly Operation[]) =>
          last.length < HISTORY_PAGE ? undefined : last.at(-1)?.started,
      }),
    }),

  /** What the window knows; filled by {@link watchOperations}. */
  watched: () =>
    queryOptions<OperationSnapshots>({
      queryKey: watchKey,
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),

  /** Reported while it runs; once when it has ended. @param live so that a transfer that goes on is watched again */
  details: (operationId: string, live: boolean) =>
    queryOptions({
      ...orpc.operations.watchDetails.experimental_liveOptions({
        input: { operationId },
        queryKey: ['operations', 'details', operationId, live],
      }),
      staleTime: 0,
      gcTime: 0,
    }),

  items: (operationId: string, state: ItemState | undefined, page: number) =>
    queryOptions({
      ...orpc.operations.items.queryOptions({
        input: { operationId, offset: page * PAGE, limit: PAGE, ...(state && { state }) },
      }),
      staleTime: 0,
    }),
};

export interface WatchOptions {
  client: QueryClient;
  signal: AbortSignal;
  /** Operations that came to an end. */
  onEnded: (operations: readonly Operation[]) => void;
}

/** Keeps them up to date until the signal or the link ends it. */
export async function watchOperations({ client, signal, onEnded }: WatchOptions): Promise<void> {
  const since = Date.now();
  let news: Operation[] = [];
  const showing = throttle(() => {
    const known = client.getQueryData<OperationSnapshots>(watchKey) ?? new Map<string, Operation>();
    const ended = newlyEnded(known, news, since);
    client.setQueryData<OperationSnapshots>(watchKey, applySnapshots(known, news));
    news = [];
    if (ended.length === 0) return;
    onEnded(ended);
  }, SHOW_INTERVAL);
  try {
    for await (const operation of await api.operations.watch(undefined, { signal })) {
      if (signal.aborted) return;
      news.push(operation);
      showing.request();
    }
  } finally {
    showing.cancel();
  }
}
