import type {
  BaseFamilies,
  ChosenStorage,
  FreedBytes,
  Holder,
  NamespaceSizes,
  RepositoryStorage,
  StorageChild,
  StorageDay,
  StorageOrder,
  StorageSummary,
  StoredItem,
} from '../../common/storage.ts';
import type { CallOptions } from '../types.ts';

export interface ChosenTag {
  repository: string;
  tag: string;
}

/** Which rows of a list are asked for. */
export interface Page {
  offset: number;
  limit: number;
}

/** A namespace of a registry, or one of its repositories; without either all of it. */
export interface StoragePart {
  namespace?: string | undefined;
  repository?: string | undefined;
}

/**
 * What registries hold, as far as it was seen; no registry is asked. A registry goes by the id of its account or, where it has none, by
 * its origin.
 */
export interface StorageService {
  summary(registry: string, part: StoragePart, options?: CallOptions): Promise<StorageSummary>;
  /** By name, or the largest first. */
  repositories(
    registry: string,
    part: StoragePart & Page & { sort: StorageOrder },
    options?: CallOptions,
  ): Promise<{ items: RepositoryStorage[]; total: number }>;
  /** The next ones by name of which a tag was seen, or that are known to have none; fewer than the limit: those were all. */
  knownRepositories(
    registry: string,
    page: { after?: string; limit: number },
    options?: CallOptions,
  ): Promise<RepositoryStorage[]>;
  /** What the repositories of each namespace hold, by name. */
  namespaces(registry: string, page: Page, options?: CallOptions): Promise<NamespaceSizes>;
  /** What lies one level under a namespace, or under the registry, the largest first. */
  children(registry: string, part: StoragePart, options?: CallOptions): Promise<StorageChild[]>;
  /** Layers, configs and manifests, the largest first. */
  largest(
    registry: string,
    part: StoragePart & Page,
    options?: CallOptions,
  ): Promise<{ items: StoredItem[]; total: number }>;
  /** Those that more than one of the repositories holds; of one repository, those that another holds as well. */
  duplicates(
    registry: string,
    part: StoragePart & Page,
    options?: CallOptions,
  ): Promise<{ items: StoredItem[]; total: number }>;
  /** Tags that lead to a digest. */
  holders(
    registry: string,
    part: StoragePart & Page & { digest: string },
    options?: CallOptions,
  ): Promise<{ items: Holder[]; total: number }>;
  /** Images that begin with the same layers: of a registry or namespace those in more than one repository. */
  families(registry: string, part: StoragePart & Page, options?: CallOptions): Promise<BaseFamilies>;
  history(
    registry: string,
    part: StoragePart & { days: number },
    options?: CallOptions,
  ): Promise<StorageDay[]>;
  /** Tags that were seen to move on a day of UTC (`2026-11-26`), or whose image was pushed or built on it. */
  dayTags(
    registry: string,
    part: StoragePart & Page & { day: string },
    options?: CallOptions,
  ): Promise<{ items: Holder[]; total: number }>;
  /** What becomes free in the registry if tags go, and `repositories` with all their tags. */
  freed(
    registry: string,
    going: { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    options?: CallOptions,
  ): Promise<FreedBytes>;
  /** What tags hold, in whatever repositories of the registry, and `repositories` with all their tags. */
  chosen(
    registry: string,
    choice: { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    options?: CallOptions,
  ): Promise<ChosenStorage>;
  /** What they hold that another tag of the registry holds as well: it stays without them. The largest first. */
  staying(
    registry: string,
    choice: Page & { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    options?: CallOptions,
  ): Promise<{ items: StoredItem[]; total: number }>;
}
