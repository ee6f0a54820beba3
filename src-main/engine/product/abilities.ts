import type { RateLimit } from '../http/pulls.ts';
import type { ManifestSummary } from '../model/summary.ts';
import type { ResourceKind } from '../resource-kinds.ts';
import type { WriteState } from '../vocabulary/abilities.ts';
import type { CollectionRunState } from '../vocabulary/collection.ts';
import type { JobKind } from '../vocabulary/jobs.ts';
import type { ConfigurationAdvice } from './advice.ts';
import type { Jobs } from './jobs.ts';
import type { Replicator } from './replicator.ts';
import type { Resources } from './resources.ts';
import type { ArtifactNotes, ProductAudit, PublicSearch, ScanReports, SelfDescription } from './said.ts';

/** Lists repositories by the product's own API, where `_catalog` is for administrators. */
export interface RepositoryLister {
  /** Page by page; names against the grammar are left out. @throws {RegistryError} where the list is not for this account, too */
  list(signal: AbortSignal | undefined): AsyncGenerator<readonly string[]>;
}

/** Lists a repository's artifacts with their sizes page by page, which saves a HEAD for each tag and counts as no pull. */
export interface ArtifactLister {
  /** Those with tags are all that it lists. */
  readonly tagsOnly?: true;
  /**
   * Those with tags, and those without that no other contains; what is attached to others is not among them.
   *
   * @throws {RegistryError}
   */
  list(repository: string, options: ListArtifactsOptions): AsyncGenerator<readonly ListedArtifact[]>;
  /**
   * Those of all repositories below a namespace, in fewer requests than each has a page of its own; those of one repository follow each
   * other. Absent where there is no such list.
   *
   * @throws {RegistryError} also where this version has none
   */
  below?(namespace: string, options: ListArtifactsOptions): AsyncGenerator<readonly ListedBelow[]>;
  /** Any one, by tag or digest: also what is attached, and what has no tag. @throws {RegistryError} */
  find(repository: string, reference: string, signal: AbortSignal | undefined): Promise<ListedArtifact>;
}

interface ListArtifactsOptions {
  /** Each with what is attached to it. */
  attached?: boolean;
  signal?: AbortSignal | undefined;
}

/** An artifact with the repository that it is in. */
export interface ListedBelow {
  readonly repository: string;
  readonly artifact: ListedArtifact;
}

/** An artifact as a product's own API lists it. */
export interface ListedArtifact {
  readonly digest: string;
  readonly mediaType: string;
  readonly tags: readonly string[];
  /** Those of its tags that a rule of the registry keeps as they are: neither moved nor deleted. */
  readonly immutable?: readonly string[];
  /** What a tag's line shows, where the API has it all. */
  readonly summary?: ManifestSummary;
  /** Bytes of it and of all below it, as the product counts them: what is held twice may count twice. */
  readonly size?: number;
  /** When it was pushed, and when it was pulled last by whatever reference: null where it never was. RFC 3339. */
  readonly pushed?: string;
  readonly pulled?: string | null;
  /** The manifests below it; absent where only the manifest itself can say. */
  readonly children?: readonly string[];
  readonly attached?: readonly { readonly digest: string; readonly size: number }[];
}

/** Deletes a tag and keeps its manifest, where the protocol would take the manifest with it. */
export interface TagDeleter {
  /** Whether it deletes tags of this repository; absent: of any. @throws {RegistryError} `unsupported` where nothing deletes there */
  covers?(repository: string, signal: AbortSignal | undefined): Promise<boolean>;
  delete(
    place: { readonly repository: string; readonly tag: string; readonly digest: string },
    signal: AbortSignal | undefined,
  ): Promise<void>;
}

/** Has repositories that are caches of another registry, filled again with what is deleted from them. */
export interface ProxyCaches {
  /** Whether this is one; false also where this account may not know. */
  caches(repository: string, signal: AbortSignal | undefined): Promise<boolean>;
}

/** Finds out whether the registry takes writes at all: that is no matter of rights. */
export interface WriteProbe {
  /** @param repository one that is there, if any is known @throws {RegistryError} */
  read(repository: string | undefined, signal: AbortSignal | undefined): Promise<WriteState>;
}

/** Says how many pulls are left without counting one. */
export interface PullLimit {
  /** Undefined where this account is not limited. @throws {RegistryError} */
  read(signal: AbortSignal | undefined): Promise<RateLimit | undefined>;
}

/** How a collection that a product runs stands. */
export interface CollectionRun {
  readonly id: string;
  readonly state: CollectionRunState;
  readonly dryRun: boolean;
  /** Manifests without a tag went, or would go, too. */
  readonly untagged: boolean;
  readonly started: string;
  readonly changed: string;
  /** What it has freed so far or, in a dry run, would free; undefined where it does not say. */
  readonly freed: { readonly blobs: number; readonly manifests: number; readonly bytes: number } | undefined;
}

/** Collects garbage by itself while it serves; only its administrators may ask for that. */
export interface GarbageCollector {
  /** @returns its id @throws {RegistryError} also where one is running already */
  start(options: { untagged: boolean; dryRun: boolean }, signal: AbortSignal | undefined): Promise<string>;
  /** @throws {RegistryError} */
  run(id: string, signal: AbortSignal | undefined): Promise<CollectionRun>;
  /** What it logs. @throws {RegistryError} `tooLarge` for one of many millions of lines, too */
  log(id: string, signal: AbortSignal | undefined): Promise<string>;
  /** The latest first. @throws {RegistryError} */
  runs(signal: AbortSignal | undefined): Promise<readonly CollectionRun[]>;
}

/** What a product can do beside the registry's protocol. Each is there or not; `registry/policy.ts` decides from them. */
export interface Abilities {
  readonly repositories?: RepositoryLister;
  readonly artifacts?: ArtifactLister;
  readonly tags?: TagDeleter;
  readonly writes?: WriteProbe;
  readonly pullLimit?: PullLimit;
  readonly proxyCaches?: ProxyCaches;
  readonly collector?: GarbageCollector;
  readonly resources?: { readonly [K in ResourceKind]?: Resources<K> };
  readonly jobs?: { readonly [J in JobKind]?: Jobs };
  readonly self?: SelfDescription;
  readonly advice?: ConfigurationAdvice;
  readonly scans?: ScanReports;
  readonly notes?: ArtifactNotes;
  readonly audit?: ProductAudit;
  readonly search?: PublicSearch;
  readonly replicator?: Replicator;
}
