import type { Look } from '../endpoints/look.ts';
import type { Referrer } from '../endpoints/referrers.ts';
import type { UploadOptions } from '../endpoints/upload.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import type { RegistryError } from '../errors.ts';
import type { Descriptor, ManifestHead, RawManifest } from '../model/manifest.ts';
import type { ManifestGraph } from '../reading/graph.ts';

export interface PutManifestOptions {
  /** What it is attached to: the target lists it there. */
  subject?: string | undefined;
  signal: AbortSignal;
}

/** Called before a tag is written, whatever it is at the time. What it throws keeps the tag from being written. */
export type BeforeTag = (
  repository: string,
  tag: string,
  digest: string,
  signal: AbortSignal,
) => Promise<void>;

/** Whether a rule of the place keeps a tag as it is. */
export type KeepsTag = NonNullable<ContentTarget['keeps']>;

/** Why a place takes no writes into a repository. */
export type RefusesWrites = NonNullable<ContentTarget['refuses']>;

/**
 * A place that images are written into. Manifests go in with the bytes they have, after all that they name; repositories are
 * as in {@link ContentSource}.
 */
export interface ContentTarget {
  /** Checks the names of what will be written, before anything is asked. @throws {RegistryError} `invalidReference` */
  expect(repository: string, tag: string): void;
  /** What a tag or digest names there now. */
  look(repository: string, reference: string, signal?: AbortSignal): Promise<Look<ManifestHead>>;
  /** Whether a rule of the place refuses that a tag which is there moves; absent, or false, where it does not say so before. */
  keeps?(repository: string, tag: string, signal: AbortSignal): Promise<boolean>;
  /** Why nothing can be written into a repository, whoever asks; undefined where it can, or where that is not known before. */
  refuses?(repository: string, signal: AbortSignal): Promise<RegistryError | undefined>;
  /** Whether the blob is there, as far as the place shows. */
  has(repository: string, digest: string, signal?: AbortSignal): Promise<boolean>;
  /** What it lists as attached; none where it does not say. */
  referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Referrer[]>;
  putBlob(
    repository: string,
    descriptor: Descriptor,
    open: OpenBlob,
    options: UploadOptions,
  ): Promise<'mounted' | 'sent' | 'present'>;
  /** @param reference a tag, or the manifest's digest */
  putManifest(
    repository: string,
    reference: string,
    manifest: RawManifest,
    options: PutManifestOptions,
  ): Promise<void>;
  /**
   * Of a place that cannot keep manifests as they are: the one image that its tag will name, and what `look` will say of it.
   *
   * @throws {RegistryError} `unsupported` for what it cannot hold
   */
  becomes?(whole: ManifestGraph): { image: RawManifest; head: ManifestHead };
  /** Of a place that is written as one (an archive): finishes it after all manifests. Tags are there after that only. */
  commit?(signal: AbortSignal): Promise<void>;
  /** Removes what was begun and is not finished, and lets other writers in. It can be written into again. */
  close?(): Promise<void>;
}
