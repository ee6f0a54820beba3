import type { Referrer } from '../endpoints/referrers.ts';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { ManifestReader } from '../reading/reader.ts';

/**
 * A place that images are read from. Its manifests are verified and its bytes are never re-encoded.
 *
 * A repository is a name within the place; a place whose images have tags only (an OCI layout) has one without a name, the empty
 * string.
 */
export interface ContentSource extends ManifestReader {
  /** Whether the blob is there, as far as the place shows. @throws {RegistryError} where it cannot be asked */
  has(repository: string, digest: string, signal?: AbortSignal): Promise<boolean>;
  /** A blob's verified bytes, from any offset. Nothing is read before the first byte is asked for. */
  openBlob(repository: string, descriptor: Pick<Descriptor, 'digest' | 'size'>): OpenBlob;
  /**
   * A part of a blob, not verified: the caller checks it. Undefined where the place gives no parts.
   *
   * @throws {RegistryError}
   */
  blobPart(repository: string, digest: string, part: BlobPart): Promise<Uint8Array | undefined>;
  /** What is attached to a manifest; the manifest need not be there. */
  referrers(repository: string, digest: string, signal?: AbortSignal): Promise<readonly Referrer[]>;
  /** @throws {RegistryError} `notFound` for a repository that is not there */
  tags(repository: string, signal?: AbortSignal): AsyncIterable<readonly string[]>;
}

export interface BlobPart {
  start: number;
  /** Bytes; all of them are held in memory. */
  length: number;
  signal?: AbortSignal | undefined;
}

/** A name of an image in a place that has no repositories of its own. */
export interface ImageName {
  /** Empty where there is a tag only. */
  repository: string;
  tag: string;
}

/** A place outside registries: it holds files until it is closed. */
export interface OpenedSource extends ContentSource {
  readonly names: readonly ImageName[];
  /** The digest of the only image, for who names none. @throws {RegistryError} `notFound` where there are none or several */
  onlyDigest(): string;
  close(): Promise<void>;
}
