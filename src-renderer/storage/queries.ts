import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { StorageOrder, StorageScope } from '../../src-main/common/storage.ts';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';
import { type Choice, isNothing, tagsOf } from './choice.ts';

/** Repositories read for a picture of them, the largest. */
const DRAWN = 100;
/** Days of the longest history shown. */
const DAYS = 365;

const pageOf = (page: number) => ({ offset: page * PAGE, limit: PAGE });

const namesOf = (choice: Choice) => ({ tags: tagsOf(choice), repositories: [...choice.repositories] });

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

  /** Behind a day: tags that moved on it, or whose image was pushed or built. */
  dayTags: (scope: StorageScope, day: string, page: number) =>
    orpc.storage.dayTags.queryOptions({ input: { ...scope, day, ...pageOf(page) } }),

  /** What would become free; kept on show while a choice grows. */
  freed: (accountId: string, choice: Choice) =>
    queryOptions({
      ...orpc.storage.freed.queryOptions({ input: { accountId, ...namesOf(choice) } }),
      enabled: !isNothing(choice),
      placeholderData: keepPreviousData,
    }),

  /** What a choice holds. */
  chosen: (accountId: string, choice: Choice) =>
    queryOptions({
      ...orpc.storage.chosen.queryOptions({ input: { accountId, ...namesOf(choice) } }),
      placeholderData: keepPreviousData,
    }),

  /** What of it others hold as well. */
  staying: (accountId: string, choice: Choice, page: number) =>
    orpc.storage.staying.queryOptions({ input: { accountId, ...namesOf(choice), ...pageOf(page) } }),
};
