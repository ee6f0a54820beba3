import { z } from 'zod';
import { accountId } from './ids.ts';
import { repositoryName } from './place.ts';
import { byteCount, count, instant, page, share } from './units.ts';

/** A registry, the repositories under a namespace (`team`, `team/apps`), or one repository. */
export const storageScope = z.object({
  accountId,
  namespace: z.string().min(1).max(255).optional(),
  repository: repositoryName.optional(),
});
export type StorageScope = z.infer<typeof storageScope>;

/** How much the numbers beside it rest on. */
const storageKnown = z.object({
  /** All repositories and tags were listed, and every manifest behind them was read. */
  complete: z.boolean(),
  /** Repositories of which all tags are known, of those that are known. */
  scanned: share,
  /** When the oldest of it was seen. Nothing was seen where it is missing. */
  asOf: instant.exactOptional(),
  /** Manifests that are named and were not read, or could not be: what they hold is not in the numbers. */
  unread: count,
});
export type StorageKnown = z.infer<typeof storageKnown>;

/** Blobs and manifests, each once however often it is held. */
const held = {
  tags: count,
  manifests: count,
  /** What each tag holds, summed over tags: as if nothing were shared. */
  referencedBytes: byteCount,
  uniqueBytes: byteCount,
  /** Of the unique ones those that nothing else in the registry holds: no repository outside of what was asked. */
  exclusiveBytes: byteCount,
};

export const storageSummary = z.object({
  repositories: count,
  ...held,
  /** Of the unique ones those that more than one repository holds, wherever in the registry. */
  sharedBytes: byteCount,
  /** Tags of which not everything was read: the product's word stands for what they hold in the referenced bytes, or nothing. */
  estimated: count,
  known: storageKnown,
});
export type StorageSummary = z.infer<typeof storageSummary>;

/** By name, or the largest first. */
const storageOrder = z.enum(['name', 'tags', 'referencedBytes', 'uniqueBytes', 'exclusiveBytes']);
export type StorageOrder = z.infer<typeof storageOrder>;

const repositoryStorage = z.object({
  repository: repositoryName,
  ...held,
  /** Newest `created` of its images. */
  newest: instant.exactOptional(),
  /** When it was listed. */
  seen: instant.exactOptional(),
  /** Every manifest behind its tags was read. */
  complete: z.boolean(),
});
export type RepositoryStorage = z.infer<typeof repositoryStorage>;

export const storageRepositoriesRequest = storageScope.extend({
  sort: storageOrder,
  ...page.shape,
});
export const storageRepositories = z.object({ items: z.array(repositoryStorage), total: count });

/** What lies one level under a namespace, or under the registry. */
const storageChild = z.object({
  /** Its whole name: `team`, `team/app`. */
  name: z.string(),
  /** A namespace may have the name of a repository as well: then there are two. */
  isRepository: z.boolean(),
  repositories: count,
  uniqueBytes: byteCount,
  exclusiveBytes: byteCount,
});
export type StorageChild = z.infer<typeof storageChild>;
/** The largest first. */
export const storageChildren = z.array(storageChild);
