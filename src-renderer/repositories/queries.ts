import { queryOptions } from '@tanstack/react-query';
import { api } from '../api.ts';
import { readStreamedList, streamedListOptions } from '../lists/streamed-query.ts';
import { RepositoryCollector, type RepositoryList } from './rows.ts';

export const repositoryKeys = {
  list: (accountId: string) => ['repositories', accountId] as const,
};

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
};
