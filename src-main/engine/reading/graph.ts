import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { type Descriptor, type Manifest, parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf, childrenOf, foreignOf } from '../model/parts.ts';
import type { ManifestReader } from './reader.ts';

/** Manifests of one image; the largest real indexes have some dozens. */
const MANIFESTS_MAX = 5_000;
/** Indexes within indexes; real ones nest twice. */
const DEPTH_MAX = 8;
/** Bytes of one image's manifests together, all in memory at once; a large index with all its children has a megabyte. */
const BYTES_MAX = 16 * 1024 * 1024;
/** Blobs of one image; a layer each, of thousands of platforms. */
const BLOBS_MAX = 100_000;
/** Manifests read at a time. */
const READS = 6;

/** All that one manifest needs. */
export interface ManifestGraph {
  root: RawManifest;
  /** Children before parents; the root is last. Each digest once. */
  manifests: readonly RawManifest[];
  /** By digest, each read once; absent for those that could not be read. */
  parsed: ReadonlyMap<string, Manifest>;
  /** Manifests whose bytes came and say nothing that can be read; empty unless gaps are left out. */
  unreadable: ReadonlyMap<string, RegistryError>;
  /** Configs and layers kept in the registry, each digest once. Foreign layers are left out: they live elsewhere. */
  blobs: readonly Descriptor[];
  /** The foreign layers, each digest once. */
  foreign: readonly Descriptor[];
}

interface GraphOptions extends CallOptions {
  /**
   * What a child that is not there, or a manifest that cannot be read, is: an error (the default), or left out (sparse indexes
   * are legal, and one odd manifest does not make the others useless).
   */
  gaps?: 'fail' | 'skip';
  /** Digests of those children, of the root and of indexes below it, that are read; all unless given. */
  children?: ReadonlySet<string> | undefined;
}

/**
 * Reads a manifest's children down to its blobs. Content is addressed by its hash, so that there can be no loop; depth, number
 * and bytes are capped all the same.
 *
 * @throws {RegistryError} `notFound` for a missing child, `tooLarge`, `invalidResponse`.
 */
export async function graph(
  reader: Pick<ManifestReader, 'get'>,
  repository: string,
  root: RawManifest,
  { signal, gaps = 'fail', children: wanted }: GraphOptions = {},
): Promise<ManifestGraph> {
  const found = new Found(root, gaps);
  let level: readonly RawManifest[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    const children = new Map<string, Descriptor>();
    for (const raw of level) {
      const manifest = found.parse(raw);
      for (const child of manifest ? childrenOf(manifest) : []) {
        const left = wanted?.has(child.digest) === false;
        if (!left && !found.has(child.digest)) children.set(child.digest, child);
      }
    }
    found.expect(children, depth);
    level = await readChildren(reader, repository, [...children.values()], found, gaps, signal);
  }
  return found.graph();
}

/** What was read so far, within its bounds. */
class Found {
  readonly #root: RawManifest;
  readonly #gaps: 'fail' | 'skip';
  readonly #read = new Map<string, RawManifest>();
  readonly #parsed = new Map<string, Manifest>();
  readonly #unreadable = new Map<string, RegistryError>();
  readonly #blobs = new Map<string, Descriptor>();
  readonly #foreign = new Map<string, Descriptor>();
  #bytes = 0;

  constructor(root: RawManifest, gaps: 'fail' | 'skip') {
    this.#root = root;
    this.#gaps = gaps;
    this.add(root);
  }

  has(digest: string): boolean {
    return this.#read.has(digest);
  }

  /** @throws {RegistryError} `tooLarge` */
  add(raw: RawManifest): void {
    this.#bytes += raw.bytes.byteLength;
    if (this.#bytes > BYTES_MAX)
      throw this.#tooLarge(`its manifests have more than ${BYTES_MAX / 1024 / 1024} MiB together`);
    this.#read.set(raw.digest, raw);
  }

  /** @throws {RegistryError} `invalidResponse` unless gaps are left out; `tooLarge` */
  parse(raw: RawManifest): Manifest | undefined {
    try {
      const manifest = parseManifest(raw);
      this.#parsed.set(raw.digest, manifest);
      for (const blob of blobsOf(manifest)) this.#blobs.set(blob.digest, blob);
      for (const layer of foreignOf(manifest)) this.#foreign.set(layer.digest, layer);
      if (this.#blobs.size > BLOBS_MAX) throw this.#tooLarge(`it has more than ${BLOBS_MAX} blobs`);
      return manifest;
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'invalidResponse' || this.#gaps === 'fail')
        throw error;
      this.#unreadable.set(raw.digest, error);
      return undefined;
    }
  }

  /** Looks at what would be read next before any of it is asked for. @throws {RegistryError} `tooLarge` */
  expect(children: ReadonlyMap<string, Descriptor>, depth: number): void {
    if (children.size === 0) return;
    if (depth >= DEPTH_MAX) throw this.#tooLarge(`indexes are nested more than ${DEPTH_MAX} deep in it`);
    if (this.#read.size + children.size > MANIFESTS_MAX)
      throw this.#tooLarge(`it has more than ${MANIFESTS_MAX} manifests`);
  }

  graph(): ManifestGraph {
    return {
      root: this.#root,
      // A child may be on two levels; the deepest reading order is what "children first" needs.
      manifests: this.#bottomUp(),
      parsed: this.#parsed,
      unreadable: this.#unreadable,
      blobs: [...this.#blobs.values()],
      foreign: [...this.#foreign.values()],
    };
  }

  #bottomUp(): RawManifest[] {
    const ordered = new Map<string, RawManifest>();
    const visit = (raw: RawManifest): void => {
      if (ordered.has(raw.digest)) return;
      const manifest = this.#parsed.get(raw.digest);
      for (const { digest } of manifest ? childrenOf(manifest) : []) {
        const child = this.#read.get(digest);
        if (child) visit(child);
      }
      ordered.set(raw.digest, raw);
    };
    visit(this.#root);
    return [...ordered.values()];
  }

  #tooLarge(what: string): RegistryError {
    return new RegistryError('tooLarge', '', {
      reason: `${this.#root.digest} is more than is read of one image: ${what}.`,
    });
  }
}

async function readChildren(
  reader: Pick<ManifestReader, 'get'>,
  repository: string,
  children: readonly Descriptor[],
  into: Found,
  gaps: 'fail' | 'skip',
  signal: AbortSignal | undefined,
): Promise<RawManifest[]> {
  const found: RawManifest[] = [];
  await forEachLimit(
    children,
    READS,
    async (child, stop) => {
      try {
        const raw = await reader.get(repository, child.digest, stop);
        into.add(raw);
        found.push(raw);
      } catch (error) {
        if (gaps === 'skip' && error instanceof RegistryError && error.code === 'notFound') return;
        throw error;
      }
    },
    signal,
  );
  return found;
}

/** Bytes of everything in a graph, each digest once. */
export function sizesOf({ manifests, blobs }: ManifestGraph): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const raw of manifests) sizes.set(raw.digest, raw.bytes.byteLength);
  for (const blob of blobs) sizes.set(blob.digest, blob.size);
  return sizes;
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
