import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { RepositoryStorage, StorageOrder, StorageScope } from '../../src-main/common/storage.ts';
import { api, orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';
import { type Choice, tagsOf } from './choice.ts';

/** Repositories read for a picture of them, the largest. */
const DRAWN = 100;
/** Days of the longest history shown. */
const DAYS = 365;

/** Repositories in one answer where all are read. */
const AT_ONCE = 1_000;

/** What a list of repositories shows of each, by its name. */
export type RepositorySizes = ReadonlyMap<string, RepositoryStorage>;

const pageOf = (page: number) => ({ offset: page * PAGE, limit: PAGE });

/** What lies where, as far as it is known: no registry is asked for any of it. */
export const storageQueries = {
  summary: (scope: StorageScope) => orpc.storage.summary.queryOptions({ input: scope }),

  repositories: (scope: StorageScope, sort: StorageOrder, page: number) =>
    queryOptions({
      ...orpc.storage.repositories.queryOptions({ input: { ...scope, sort, ...pageOf(page) } }),
      placeholderData: keepPreviousData,
    }),

  /** The largest, for a picture of them. */
  drawn: (scope: StorageScope) =>
    orpc.storage.repositories.queryOptions({
      input: { ...scope, sort: 'uniqueBytes', offset: 0, limit: DRAWN },
    }),

  /** Of every repository that is known. */
  sizes: (accountId: string) =>
    queryOptions<RepositorySizes>({
      queryKey: [['storage', 'sizes'], { input: { accountId } }],
      queryFn: ({ signal }) => readSizes(accountId, signal),
      structuralSharing: false,
    }),

  children: (scope: StorageScope) => orpc.storage.children.queryOptions({ input: scope }),

  largest: (scope: StorageScope, page: number) =>
    orpc.storage.largest.queryOptions({ input: { ...scope, ...pageOf(page) } }),

  duplicates: (scope: StorageScope, page: number) =>
    orpc.storage.duplicates.queryOptions({ input: { ...scope, ...pageOf(page) } }),

  families: (scope: StorageScope, page: number) =>
    orpc.storage.families.queryOptions({ input: { ...scope, ...pageOf(page) } }),

  holders: (scope: StorageScope, digest: string, page: number) =>
    orpc.storage.holders.queryOptions({ input: { ...scope, digest, ...pageOf(page) } }),

  history: (scope: StorageScope) => orpc.storage.history.queryOptions({ input: { ...scope, days: DAYS } }),

  /** What would become free; kept on show while a choice grows. */
  freed: (accountId: string, choice: Choice) =>
    queryOptions({
      ...orpc.storage.freed.queryOptions({
        input: { accountId, tags: tagsOf(choice), repositories: [...choice.repositories] },
      }),
      enabled: choice.tags.size + choice.repositories.size > 0,
      placeholderData: keepPreviousData,
    }),
};

async function readSizes(accountId: string, signal: AbortSignal): Promise<RepositorySizes> {
  const sizes = new Map<string, RepositoryStorage>();
  for (let offset = 0; ; offset += AT_ONCE) {
    const input = { accountId, sort: 'name', offset, limit: AT_ONCE } as const;
    const { items, total } = await api.storage.repositories(input, { signal });
    for (const item of items) sizes.set(item.repository, item);
    if (items.length === 0 || offset + items.length >= total) return sizes;
  }
}
