import type { StorageOrder } from '../../src-main/common/storage.ts';

/** Ways to look at what is stored, in the order of their tabs; the last one where something is chosen. */
export const STORAGE_VIEWS = [
  'space',
  'repositories',
  'largest',
  'duplicates',
  'families',
  'history',
  'chosen',
] as const;
export type StorageViewName = (typeof STORAGE_VIEWS)[number];

/** What the table of repositories is sorted by: names as they are, the largest number first. */
export const REPOSITORY_ORDERS = [
  'name',
  'exclusiveBytes',
  'uniqueBytes',
  'tags',
] as const satisfies readonly StorageOrder[];
export type RepositoryOrder = (typeof REPOSITORY_ORDERS)[number];
