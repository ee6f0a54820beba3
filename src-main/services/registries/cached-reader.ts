import type { ContentCache, ContentPlace } from '../../data/index.ts';
import { DataError } from '../../data/index.ts';
import {
  type Descriptor,
  isDigest,
  isDigestOf,
  isSchema1Type,
  type ManifestHead,
  type ManifestReader,
  type RawManifest,
  type SummaryStore,
  sniffMediaType,
  type TagSummary,
} from '../../engine/index.ts';
import { Coalescer } from '../coalesce.ts';

/** Of the summaries that are kept; another version reads and writes its own. Raised with every change of their shape or meaning. */
const SUMMARY_VERSION = 1;

/** Heads remembered of one registry, so that a manifest just looked at is not asked about again. */
const SERVED_MAX = 10_000;

/**
 * Reads through the cache on disk: bytes asked for by digest never change, so they are fetched once from whichever registry. That
 * this registry has them, and as what, is asked by a HEAD where it was not seen before: another one says nothing about it. What a
 * tag points at is asked each time.
 *
 * Whatever comes out of the cache is hashed; what is not its digest's is dropped and fetched again. A cache that fails (a full
 * disk) costs speed and nothing else.
 */
export class CachedReader implements ManifestReader {
  readonly #reader: ManifestReader;
  readonly #origin: string;
  readonly #cache: ContentCache;
  readonly #heads = new Coalescer<ManifestHead>();
  readonly #manifests = new Coalescer<RawManifest>();
  readonly #blobs = new Coalescer<Uint8Array>();
  /** Media types of manifests as HEADs reported them, by repository and digest. */
  readonly #served = new Map<string, string>();

  readonly seen: ManifestReader['seen'];
  readonly facts: ManifestReader['facts'];

  /** @param origin scheme, host and port of the registry behind `reader` */
  constructor(
    reader: ManifestReader,
    origin: string,
    cache: ContentCache,
    { seen, facts }: Pick<ManifestReader, 'seen' | 'facts'> = {},
  ) {
    this.#reader = reader;
    this.#origin = origin;
    this.#cache = cache;
    this.seen = seen;
    this.facts = facts;
  }

  readonly summaries: SummaryStore = {
    get: (repository, digest) => {
      const text = this.#tolerate(() => this.#cache.summary(this.#place(repository), digest));
      if (text === undefined) return undefined;
      const { version, summary } = JSON.parse(text) as { version: number; summary: TagSummary };
      return version === SUMMARY_VERSION ? summary : undefined;
    },
    keep: (repository, summary) => {
      const text = JSON.stringify({ version: SUMMARY_VERSION, summary });
      this.#cache.keepSummary(this.#place(repository), summary.digest, text);
    },
  };

  async head(repository: string, reference: string, signal?: AbortSignal): Promise<ManifestHead> {
    const head = await this.#heads.run(`${repository} ${reference}`, signal, (shared) =>
      this.#reader.head(repository, reference, shared),
    );
    if (this.#served.size >= SERVED_MAX) this.#served.clear();
    this.#served.set(`${repository} ${head.digest}`, head.mediaType);
    return head;
  }

  async get(repository: string, reference: string, signal?: AbortSignal): Promise<RawManifest> {
    const known = isDigest(reference) ? await this.kept(repository, reference, signal) : undefined;
    if (known) return known;
    return await this.#manifests.run(`${repository} ${reference}`, signal, async (shared) => {
      const manifest = await this.#reader.get(repository, reference, shared);
      // Its digest may speak of a part of its bytes only: such bytes are shared with no other registry.
      if (!isSchema1Type(manifest.mediaType))
        this.#tolerate(() => this.#cache.putManifest(this.#place(repository), manifest));
      return manifest;
    });
  }

  /** @throws {RegistryError} `notFound` for what is cached and not in this repository */
  async kept(repository: string, digest: string, signal?: AbortSignal): Promise<RawManifest | undefined> {
    const place = this.#place(repository);
    const cached = this.#tolerate(() => this.#cache.manifest(place, digest));
    if (!cached) return undefined;
    const { bytes } = cached;
    if (!isDigestOf(digest, bytes)) {
      this.#tolerate(() => this.#cache.drop('manifest', digest));
      return undefined;
    }
    if (cached.mediaType !== undefined) return { digest, mediaType: cached.mediaType, bytes };
    const served =
      this.#served.get(`${repository} ${digest}`) ?? (await this.head(repository, digest, signal)).mediaType;
    const mediaType = sniffMediaType(served, bytes);
    this.#tolerate(() => this.#cache.hold(place, { digest, mediaType }));
    return { digest, mediaType, bytes };
  }

  async blob(repository: string, descriptor: Descriptor, signal?: AbortSignal): Promise<Uint8Array> {
    const { digest } = descriptor;
    const known = this.#tolerate(() => this.#cache.blob(digest));
    if (known && isDigestOf(digest, known)) return known;
    if (known) this.#tolerate(() => this.#cache.drop('blob', digest));
    return await this.#blobs.run(`${repository} ${digest}`, signal, async (shared) => {
      const bytes = await this.#reader.blob(repository, descriptor, shared);
      this.#tolerate(() => this.#cache.putBlob({ digest, bytes }));
      return bytes;
    });
  }

  #place(repository: string): ContentPlace {
    return { origin: this.#origin, repository };
  }

  #tolerate<T>(use: () => T): T | undefined {
    try {
      return use();
    } catch (error) {
      if (error instanceof DataError) return undefined;
      throw error;
    }
  }
}
