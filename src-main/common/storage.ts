import { z } from 'zod';
import { accountId } from './ids.ts';
import { manifestKind } from './image.ts';
import { digest, repositoryName, tagName } from './place.ts';
import { byteCount, count, instant, page, share } from './units.ts';

/** A registry, the repositories under a namespace (`team`, `team/apps`), or one repository. */
export const storageScope = z.object({
  accountId,
  namespace: z.string().min(1).max(255).exactOptional(),
  repository: repositoryName.exactOptional(),
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
  /** Of the unique ones those that nothing else in the registry holds: no repository, or tag, outside of what was asked. */
  exclusiveBytes: byteCount,
};

export const storageSummary = z.object({
  repositories: count,
  ...held,
  /** Of the unique ones those that more than one repository holds, wherever in the registry. */
  sharedBytes: byteCount,
  /** Tags of which not everything was read: in the referenced bytes they count with the size that the product reports, or with 0. */
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
  /** Manifests that its tags are on, apart from what is attached to others; absent where the digest of a tag is not known. */
  images: count.exactOptional(),
  /** What those of them are that were read. */
  kinds: z.array(manifestKind),
  /** Newest `created` of them. */
  newest: instant.exactOptional(),
  /** When one of them was pushed last, where the product says so. */
  pushed: instant.exactOptional(),
  /** One of the tags on the one pushed last; where that is not known, on the newest. */
  newestTag: tagName.exactOptional(),
  /** When it was listed. */
  seen: instant.exactOptional(),
  /** Every manifest behind its tags was read. */
  complete: z.boolean(),
});
export type RepositoryStorage = z.infer<typeof repositoryStorage>;

export const storageRepositoriesRequest = storageScope.extend({ sort: storageOrder, ...page.shape });
export const storageRepositories = z.object({ items: z.array(repositoryStorage), total: count });

export const knownRepositoriesRequest = z.object({
  accountId,
  /** The last name of the page before. */
  after: repositoryName.exactOptional(),
  limit: page.shape.limit,
});
export const knownRepositories = z.array(repositoryStorage);

export const namespaceSizesRequest = z.object({ accountId, ...page.shape });
/** What the repositories of each namespace hold, wherever it lies in others, each digest once. */
export const namespaceSizes = z.object({
  items: z.array(z.object({ namespace: z.string(), uniqueBytes: byteCount })),
  total: count,
});
export type NamespaceSizes = z.infer<typeof namespaceSizes>;

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

export const storagePageRequest = storageScope.extend(page.shape);

/** A blob or a manifest with how many hold it. */
const storedItem = z.object({
  digest,
  /** Bytes. */
  size: byteCount,
  /** What it is to a manifest that holds it; of a manifest, its kind. */
  kind: z.union([z.enum(['config', 'layer', 'other']), manifestKind]),
  /** Of the whole registry. */
  repositories: count,
  tags: count,
  /** More tags lead to it than were counted. */
  moreTags: z.boolean(),
});
export type StoredItem = z.infer<typeof storedItem>;
export const storedItems = z.object({ items: z.array(storedItem), total: count });

export const holdersRequest = storagePageRequest.extend({ digest });
/** A tag that holds something, and what it points at. */
const holder = z.object({ repository: repositoryName, tag: tagName, digest });
export type Holder = z.infer<typeof holder>;
export const holders = z.object({ items: z.array(holder), total: count });

/** Images that begin with the same layers. */
const baseFamily = z.object({
  /** Digests of these layers, the lowest first. */
  base: z.array(digest),
  /** Bytes of them, each once. */
  size: byteCount,
  images: count,
  repositories: count,
  tags: count,
});
export type BaseFamily = z.infer<typeof baseFamily>;
export const baseFamilies = z.object({
  items: z.array(baseFamily),
  total: count,
  /** They are of then: what changed since comes in a while. */
  asOf: instant.exactOptional(),
});
export type BaseFamilies = z.infer<typeof baseFamilies>;

export const storageHistoryRequest = storageScope.extend({ days: z.number().int().min(1).max(3660) });
const storageDay = z.object({
  /** `2026-11-26` */
  day: z.iso.date(),
  uniqueBytes: byteCount,
  referencedBytes: byteCount,
  tags: count,
});
export type StorageDay = z.infer<typeof storageDay>;
/** Days on which something was seen, oldest first. */
export const storageHistory = z.array(storageDay);

export const dayTagsRequest = storagePageRequest.extend({ day: z.iso.date() });

export const freedRequest = z.object({
  accountId,
  tags: z.array(z.object({ repository: repositoryName, tag: tagName })).max(10_000),
  /** With all their tags. */
  repositories: z.array(repositoryName).max(10_000).default([]),
});
/** What becomes free in the whole registry if these tags go, once a garbage collection has removed what nothing holds any more. */
export const freedBytes = z.object({
  bytes: byteCount,
  manifests: count,
  blobs: count,
  /**
   * Part of `bytes`: what only manifests without a tag hold, as children of an index that goes. Registries that collect untagged
   * manifests only on request keep it until then.
   */
  untaggedBytes: byteCount,
  /** Signatures, SBOMs and attestations that go along. */
  referrers: count,
  /** Of what these tags hold: what something else holds as well, and of this what other repositories hold. */
  stillHeld: z.object({ bytes: byteCount, elsewhere: byteCount }),
  /** Tags, named after digests that go, that stay unless they are deleted, too. */
  attachedTags: z.object({
    count,
    some: z.array(z.object({ repository: repositoryName, tag: tagName })),
  }),
  /** It may be less: not everything that may hold some of it was read. */
  atMost: z.boolean(),
  /** It may be more: so many of the manifests that go were not read, or are not known. */
  unread: count,
});
export type FreedBytes = z.infer<typeof freedBytes>;

/** What a set of tags holds, with all that is there because of them: as a repository of only these tags would. */
export const chosenStorage = z.object({
  ...held,
  /** Of the unique ones those that another tag of the registry needs as well. */
  sharedBytes: byteCount,
  /** Tags of which not everything was read, or nothing is known. */
  estimated: count,
  freed: freedBytes,
  /** Of the whole registry: what is not known of it may hold some of this, too. */
  known: storageKnown,
});
export type ChosenStorage = z.infer<typeof chosenStorage>;

export const stayingRequest = freedRequest.extend(page.shape);
