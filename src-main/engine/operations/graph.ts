import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { blobsOf, childrenOf } from '../model/parts.ts';
import { forEachLimit } from './for-each-limit.ts';
import type { ManifestReader } from './reader.ts';

/** Manifests of one image; the largest real indexes have some dozens. */
const MANIFESTS_MAX = 5_000;
/** Indexes within indexes; real ones nest twice. */
const DEPTH_MAX = 8;
/** Manifests read at a time. */
const READS = 6;

/** All that one manifest needs. */
export interface ManifestGraph {
  root: RawManifest;
  /** Children before parents; the root is last. Each digest once. */
  manifests: readonly RawManifest[];
  /** Configs and layers kept in the registry, each digest once. Foreign layers are left out: they live elsewhere. */
  blobs: readonly Descriptor[];
}

interface GraphOptions extends CallOptions {
  /** What a missing child is: an error (the default), or left out (sparse indexes are legal). */
  missing?: 'fail' | 'skip';
  /** Digests of those children of the root that are read; all unless given. */
  children?: ReadonlySet<string> | undefined;
}

/**
 * Reads a manifest's children down to its blobs. Content is addressed by its hash, so that there can be no loop; depth and
 * number are capped all the same.
 *
 * @throws {RegistryError} `notFound` for a missing child, `tooLarge`, `invalidResponse`.
 */
export async function graph(
  reader: ManifestReader,
  repository: string,
  root: RawManifest,
  { signal, missing = 'fail', children: wanted }: GraphOptions = {},
): Promise<ManifestGraph> {
  const levels: RawManifest[][] = [[root]];
  const read = new Map<string, RawManifest>([[root.digest, root]]);
  const blobs = new Map<string, Descriptor>();
  for (let depth = 0; depth < levels.length; depth++) {
    const children = new Map<string, Descriptor>();
    for (const raw of levels[depth] ?? []) {
      const manifest = parseManifest(raw);
      for (const blob of blobsOf(manifest)) blobs.set(blob.digest, blob);
      for (const child of childrenOf(manifest)) {
        const left = depth === 0 && wanted?.has(child.digest) === false;
        if (!left && !read.has(child.digest)) children.set(child.digest, child);
      }
    }
    if (children.size === 0) continue;
    if (depth >= DEPTH_MAX || read.size + children.size > MANIFESTS_MAX)
      throw new RegistryError('tooLarge', '', {
        reason: `The index ${root.digest} is nested too deeply or too large.`,
      });
    const found = await readChildren(reader, repository, [...children.values()], missing, signal);
    for (const raw of found) read.set(raw.digest, raw);
    levels.push(found);
  }
  // A child may stand on two levels; the deepest reading order is what "children first" needs.
  return { root, manifests: bottomUp(root, read), blobs: [...blobs.values()] };
}

async function readChildren(
  reader: ManifestReader,
  repository: string,
  children: readonly Descriptor[],
  missing: 'fail' | 'skip',
  signal: AbortSignal | undefined,
): Promise<RawManifest[]> {
  const found: RawManifest[] = [];
  await forEachLimit(
    children,
    READS,
    async (child, stop) => {
      try {
        found.push(await reader.get(repository, child.digest, stop));
      } catch (error) {
        if (missing === 'skip' && error instanceof RegistryError && error.code === 'notFound') return;
        throw error;
      }
    },
    signal,
  );
  return found;
}

function bottomUp(root: RawManifest, read: ReadonlyMap<string, RawManifest>): RawManifest[] {
  const ordered = new Map<string, RawManifest>();
  const visit = (raw: RawManifest): void => {
    if (ordered.has(raw.digest)) return;
    for (const { digest } of childrenOf(parseManifest(raw))) {
      const child = read.get(digest);
      if (child) visit(child);
    }
    ordered.set(raw.digest, raw);
  };
  visit(root);
  return [...ordered.values()];
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
