import type { ContentCache } from '../data/index.ts';
import { DataError } from '../data/index.ts';
import {
  type Descriptor,
  isDigest,
  type ManifestHead,
  type ManifestReader,
  type RawManifest,
} from '../engine/index.ts';
import { Coalescer } from './coalesce.ts';

/**
 * Reads through the cache on disk: what is asked for by digest never changes, so it is fetched once. What a tag points at is
 * asked each time. A cache that fails (a full disk) costs speed and nothing else.
 */
export class CachedReader implements ManifestReader {
  readonly #reader: ManifestReader;
  readonly #cache: ContentCache;
  readonly #heads = new Coalescer<ManifestHead>();
  readonly #manifests = new Coalescer<RawManifest>();
  readonly #blobs = new Coalescer<Uint8Array>();

  constructor(reader: ManifestReader, cache: ContentCache) {
    this.#reader = reader;
    this.#cache = cache;
  }

  head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead> {
    return this.#heads.run(`${repository} ${reference}`, signal, (shared) =>
      this.#reader.head(repository, reference, shared),
    );
  }

  async get(repository: string, reference: string, signal?: AbortSignal): Promise<RawManifest> {
    const known = isDigest(reference) ? this.#read('manifest', reference) : undefined;
    if (known) return known;
    return await this.#manifests.run(`${repository} ${reference}`, signal, async (shared) => {
      const manifest = await this.#reader.get(repository, reference, shared);
      this.#write('manifest', manifest);
      return manifest;
    });
  }

  async blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    const known = this.#read('blob', descriptor.digest);
    if (known) return known.bytes;
    return await this.#blobs.run(`${repository} ${descriptor.digest}`, signal, async (shared) => {
      const bytes = await this.#reader.blob(repository, descriptor, shared);
      this.#write('blob', { digest: descriptor.digest, mediaType: descriptor.mediaType, bytes });
      return bytes;
    });
  }

  #read(kind: 'manifest' | 'blob', digest: string): RawManifest | undefined {
    try {
      return this.#cache.get(kind, digest);
    } catch (error) {
      if (error instanceof DataError) return undefined;
      throw error;
    }
  }

  #write(kind: 'manifest' | 'blob', content: RawManifest): void {
    try {
      this.#cache.put(kind, content);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }
}
