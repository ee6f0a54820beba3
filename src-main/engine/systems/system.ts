import type { RegistryClient } from '../http/client.ts';
import type { ManifestSummary } from '../model/summary.ts';
import type { Ability, GarbageCollection, SystemId } from '../vocabulary.ts';

/** An artifact as a product's own API lists it. */
export interface ListedArtifact {
  digest: string;
  mediaType: string;
  tags: readonly string[];
  /** What a tag's line shows, where the API tells it all. */
  summary?: ManifestSummary;
}

/** What one product does differently. Facts from its documentation and from measurements (PROTOCOL.md, section 4). */
export interface System {
  readonly id: SystemId;
  /** `_catalog` or an API of its own answers an ordinary user. */
  readonly lists: Ability;
  /** Manifests can be deleted through the registry's protocol. */
  readonly deletes: Ability;
  /** A tag can be deleted and its manifest kept. */
  readonly deletesTagAlone: Ability;
  readonly referrers: Ability;
  /** Whatever is attached to a manifest (signatures, SBOMs) is deleted along with it, and nothing is said of it. */
  readonly deletesAttached?: true;
  readonly garbageCollection: GarbageCollection;
  /** `byRepository`: it asks everybody to sign in at `/v2/`, and gives its public images to anybody all the same. */
  readonly letsAnonymousIn?: 'byRepository';
  /** Repositories are kept in projects: each name begins with one. */
  readonly inProjects?: true;
  /** Bytes of a blob that it takes in one request; absent where it takes any. */
  readonly uploadChunk?: number;
  /** Deletes one tag by the product's own API, where the protocol's would take the manifest with it. */
  readonly deleteTag?: (
    client: RegistryClient,
    place: { repository: string; tag: string; digest: string },
    signal: AbortSignal | undefined,
  ) => Promise<void>;
  /** Whether a repository is a cache of another registry's, which is filled again with what is deleted from it. */
  readonly cachesAnother?: (
    client: RegistryClient,
    repository: string,
    signal: AbortSignal | undefined,
  ) => Promise<boolean>;
  /** Lists repositories by the product's own API, where `_catalog` is for administrators. */
  readonly listRepositories?: (
    client: RegistryClient,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<readonly string[]>;
  /** Lists a repository's artifacts by the product's own API, which saves a HEAD for each tag and counts as no pull. */
  readonly listArtifacts?: (
    client: RegistryClient,
    repository: string,
    signal: AbortSignal | undefined,
  ) => AsyncGenerator<readonly ListedArtifact[]>;
}
