import type { QueryClient, QueryKey } from '@tanstack/react-query';

/**
 * So many milliseconds a page that is opened may wait for its first rows: drawn with them it is drawn once and not twice, which is
 * sooner. Nobody sees the wait; where rows take longer the page is there before them.
 */
const WAIT_MS = 100;

/** Resolves when each of these queries has something to show, has failed, or has had its time. */
export async function firstRows(client: QueryClient, keys: readonly QueryKey[]): Promise<void> {
  const cache = client.getQueryCache();
  const isWaitedFor = (queryKey: QueryKey) => {
    const state = cache.find({ queryKey, exact: true })?.state;
    return state?.data === undefined && state?.fetchStatus === 'fetching';
  };
  if (!keys.some(isWaitedFor)) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, WAIT_MS);
  const unsubscribe = cache.subscribe(() => {
    if (!keys.some(isWaitedFor)) resolve();
  });
  await promise;
  clearTimeout(timer);
  unsubscribe();
}
