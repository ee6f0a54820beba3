/** One manifest and the tags that point to it, for {@link RegistryStorage.seed}. */
export interface SeedEntry {
  repository: string;
  mediaType: string;
  bytes: Uint8Array;
  tags: readonly string[];
}

/** Puts content straight on the folder, as tests, samples and benchmarks need it: no HTTP, no verification. */
export interface RegistryStorage {
  readonly folder: string;
  /** @returns the blob's sha256 digest. */
  putBlob(repository: string, bytes: Uint8Array): Promise<string>;
  /**
   * Stores the bytes as they are, whatever they say: unknown media types and missing children are allowed.
   *
   * @param reference a tag, or the digest of the bytes
   * @returns the manifest's digest.
   */
  putManifest(repository: string, reference: string, mediaType: string, bytes: Uint8Array): Promise<string>;
  /** Stores many manifests and tags fast: nothing is synced to disk. 50,000 repositories take seconds. */
  seed(entries: Iterable<SeedEntry>): Promise<void>;
}
