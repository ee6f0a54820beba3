import { getBlob } from '../endpoints/blobs.ts';
import { getManifest, headManifest } from '../endpoints/manifests.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { ManifestFacts } from '../model/facts.ts';
import type { Descriptor, ManifestHead, RawManifest } from '../model/manifest.ts';
import type { TagSummary } from '../model/summary.ts';

/** What lists show of manifests, by repository and digest: what was read once need not be read and parsed again. */
export interface SummaryStore {
  get(repository: string, digest: string): TagSummary | undefined;
  keep(repository: string, summary: TagSummary): void;
}

/** Where manifests and configs come from: the registry itself or, in services, a cache before it. */
export interface ManifestReader {
  head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead>;
  get(repository: string, digestOrTag: string, signal?: AbortSignal): Promise<RawManifest>;
  /** A manifest that was read before and is still there; asks for no more than a HEAD. */
  kept?(repository: string, digest: string, signal?: AbortSignal): Promise<RawManifest | undefined>;
  /** Summaries of manifests that were read whole before. */
  readonly summaries?: SummaryStore;
  /** Takes the facts of manifests that were read for something else, so that no one has to read them for these. */
  readonly seen?: ((repository: string, facts: readonly ManifestFacts[]) => void) | undefined;
  /**
   * Facts that are known of manifests, in any order and perhaps not of all: true of the digest, and no word on whether a repository
   * holds it. A size is the most that was said of it.
   */
  readonly facts?:
    | ((digests: readonly string[], signal?: AbortSignal) => Promise<readonly ManifestFacts[]>)
    | undefined;
  /** A small blob (a config), verified. */
  blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array>;
}

/**
 * What a reference names that must be there: some registries answer every HEAD with 404, so that a GET decides.
 *
 * @throws {RegistryError} `notFound` with the registry's words, which a HEAD has not.
 */
export async function headOfNamed(
  reader: ManifestReader,
  repository: string,
  reference: string,
  signal?: AbortSignal,
): Promise<ManifestHead> {
  try {
    return await reader.head(repository, reference, signal);
  } catch (error) {
    if (!(error instanceof RegistryError && error.code === 'notFound')) throw error;
    const { digest, mediaType, bytes } = await reader.get(repository, reference, signal);
    return { digest, mediaType, size: bytes.byteLength };
  }
}

/** Asks the registry each time. `urgent`: for a user who waits, see {@link getManifest}. */
export function clientReader(client: RegistryClient, { urgent = false } = {}): ManifestReader {
  return {
    head: (repository, reference, signal) => headManifest(client, repository, reference, { signal }),
    get: (repository, reference, signal) => getManifest(client, repository, reference, { signal, urgent }),
    blob: (repository, descriptor, signal) => getBlob(client, repository, descriptor, { signal }),
  };
}
