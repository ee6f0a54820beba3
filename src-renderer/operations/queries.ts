import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import type { Operation } from '../../src-main/common/operation.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api, orpc } from '../api.ts';
import { throttle } from '../lists/throttle.ts';
import { repositoryKeys } from '../repositories/queries.ts';
import type { RepositoryList } from '../repositories/rows.ts';
import { refreshTags } from '../tags/queries.ts';
import { applySnapshots, changedPlaces, newlyEnded, type OperationSnapshots } from './snapshots.ts';

const watchKey = ['operations', 'watched'] as const;

/** Milliseconds between two drawings of the tray, whatever the number of operations. */
const SHOW_INTERVAL = 100;

export const operationQueries = {
  /** What the tray knows; filled by {@link watchOperations}. */
  watched: () =>
    queryOptions<OperationSnapshots>({
      queryKey: watchKey,
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    }),
};

export interface WatchOptions {
  client: QueryClient;
  signal: AbortSignal;
  /** Operations that came to an end, told after what they changed is being read again. */
  onEnded: (operations: readonly Operation[]) => void;
}

/** Keeps the tray's operations up to date until the signal or the link ends it. */
export async function watchOperations({ client, signal, onEnded }: WatchOptions): Promise<void> {
  const since = Date.now();
  let news: Operation[] = [];
  const showing = throttle(() => {
    const known = client.getQueryData<OperationSnapshots>(watchKey) ?? new Map<string, Operation>();
    const ended = newlyEnded(known, news, since);
    client.setQueryData<OperationSnapshots>(watchKey, applySnapshots(known, news));
    news = [];
    if (ended.length === 0) return;
    refreshChanged(client, ended);
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

/** Reads again what ended operations may have changed, each repository once; also of failed ones: they may have done a part. */
function refreshChanged(client: QueryClient, ended: readonly Operation[]): void {
  const places = new Map<string, RepositoryPlace>();
  for (const { subject } of ended) {
    for (const place of changedPlaces(subject)) places.set(`${place.accountId} ${place.repository}`, place);
  }
  for (const place of places.values()) {
    refreshTags(client, place);
    void client.invalidateQueries({ queryKey: orpc.images.get.key({ input: place }) });
    const list = client.getQueryData<RepositoryList>(repositoryKeys.list(place.accountId));
    if (list && !list.rows.some(({ name }) => name === place.repository)) {
      void client.invalidateQueries({ queryKey: repositoryKeys.list(place.accountId) });
    }
  }
  void client.invalidateQueries({ queryKey: orpc.operations.history.key() });
  void client.invalidateQueries({ queryKey: orpc.operations.get.key() });
}
