import type { RawManifest } from '../model/manifest.ts';
import type { ManifestReader } from '../reading/reader.ts';

/** Bytes of manifests held between plan and run; beyond it they are read again, from the cache in front of the registry. */
const HELD_MAX = 32 * 1024 * 1024;

/** The manifests of a transfer, by digest: read at the source or made here. */
export class ManifestContents {
  readonly #reader: ManifestReader;
  readonly #held = new Map<string, RawManifest>();
  readonly #made = new Map<string, RawManifest>();
  /** Source repository of each. */
  readonly #places = new Map<string, string>();
  #bytes = 0;

  constructor(reader: ManifestReader) {
    this.#reader = reader;
  }

  add(repository: string, manifest: RawManifest): void {
    this.#places.set(manifest.digest, repository);
    if (this.#held.has(manifest.digest) || this.#bytes + manifest.bytes.byteLength > HELD_MAX) return;
    this.#bytes += manifest.bytes.byteLength;
    this.#held.set(manifest.digest, manifest);
  }

  /** One that the source does not have. */
  addMade(manifest: RawManifest): void {
    this.#made.set(manifest.digest, manifest);
  }

  isMade(digest: string): boolean {
    return this.#made.has(digest);
  }

  /** The reader, with what was made here before what the source has. */
  before(reader: ManifestReader): ManifestReader {
    return {
      head: (repository, reference, signal) => reader.head(repository, reference, signal),
      get: async (repository, reference, signal) =>
        this.#made.get(reference) ?? (await reader.get(repository, reference, signal)),
      blob: (repository, descriptor, signal) => reader.blob(repository, descriptor, signal),
    };
  }

  /** What is at hand; undefined for what would have to be read again. */
  held(digest: string): RawManifest | undefined {
    return this.#made.get(digest) ?? this.#held.get(digest);
  }

  /** @throws {RegistryError} those of reading; `TypeError` for a digest that was never added, a defect. */
  async get(digest: string, signal?: AbortSignal): Promise<RawManifest> {
    const known = this.held(digest);
    if (known) return known;
    const repository = this.#places.get(digest);
    if (repository === undefined) throw new TypeError('A manifest that is in no plan.');
    return await this.#reader.get(repository, digest, signal);
  }
}
