import { queryOptions } from '@tanstack/react-query';
import { api, orpc } from '../api.ts';
import { readStreamedList, streamedListOptions } from '../lists/streamed-query.ts';
import { KnownCollector, type KnownRepositories, knownPages, readNamespaceSizes } from './known.ts';
import { RepositoryCollector, type RepositoryList } from './rows.ts';

export const repositoryKeys = {
  list: (accountId: string) => ['repositories', accountId] as const,
};

/** Under the key of all that is known of storage, so that what scans and changes make new is read again. */
const knownKey = (what: string, accountId: string) => [...orpc.storage.key(), { what, accountId }] as const;

/** Scans and changes have them read again before: see `knownKey`. */
const NAMESPACES_FRESH_MS = 30_000;

export const repositoryQueries = {
  /** All repositories of a registry, growing while they arrive. */
  list: (accountId: string) =>
    queryOptions<RepositoryList>({
      ...streamedListOptions,
      queryKey: repositoryKeys.list(accountId),
      queryFn: (context) =>
        readStreamedList(
          context,
          (signal) => api.catalog.repositories({ accountId }, { signal }),
          new RepositoryCollector(),
        ),
    }),

  /** What the inventory knows of each of them; no registry is asked. */
  known: (accountId: string) =>
    queryOptions<KnownRepositories>({
      ...streamedListOptions,
      queryKey: knownKey('repositories', accountId),
      queryFn: (context) =>
        readStreamedList(context, async (signal) => knownPages(accountId, signal), new KnownCollector()),
    }),

  namespaces: (accountId: string) =>
    queryOptions({
      queryKey: knownKey('namespaces', accountId),
      staleTime: NAMESPACES_FRESH_MS,
      queryFn: ({ signal }) => readNamespaceSizes(accountId, signal),
      structuralSharing: false,
    }),
};
