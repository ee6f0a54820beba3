import type { FoundPlaces, RegistryOverview, RegistryStatus, RepositoryPage } from '../../common/registry.ts';
import type { KnownImages, TagAnswer, TagPage, UntaggedManifest } from '../../common/tag.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export interface ListingOptions extends CallOptions {
  /** What is known is given until the registry answers, and where it is out of reach. */
  known?: boolean;
}

export interface CatalogService {
  overview(registry: RegistryHandle, options?: CallOptions): Promise<RegistryOverview>;
  /** Whether an account's registry answers. @throws ServiceError `accountUnknown` */
  status(accountId: string, open: () => Promise<RegistryHandle>): Promise<RegistryStatus>;
  repositories(
    registry: RegistryHandle,
    options?: ListingOptions,
  ): AsyncGenerator<RepositoryPage, void, void>;
  tags(
    registry: RegistryHandle,
    repository: string,
    options?: ListingOptions,
  ): AsyncGenerator<TagPage, void, void>;
  /** Each tag's answer as soon as it is known, in no order. An unchanged tag costs one HEAD. */
  tagDetails(
    registry: RegistryHandle,
    repository: string,
    tags: readonly string[],
    options?: ListingOptions,
  ): AsyncGenerator<TagAnswer, void, void>;
  /** What is known of all tags of a repository, by image and some at a time; asks no registry. */
  knownImages(accountId: string, repository: string): AsyncGenerator<KnownImages, void, void>;
  /** Manifests that no tag points at, some at a time. @throws RegistryError `unsupported` where the registry has no list of them */
  untagged(
    registry: RegistryHandle,
    repository: string,
    options?: CallOptions,
  ): AsyncGenerator<UntaggedManifest[], void, void>;
  /**
   * Places seen so far that contain every word, those first that are most likely meant; asks no registry.
   *
   * @param options.origins also in registries without an account, which go by their origin
   */
  search(text: string, limit: number, options?: CallOptions & { origins?: boolean }): Promise<FoundPlaces>;
}
