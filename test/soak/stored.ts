import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOfFile, Layout } from '../../src-main/local-registry/storage/paths.ts';

/** What a manifest names, of all kinds. */
interface Document {
  config?: Named;
  layers?: Named[];
  manifests?: Named[];
}

interface Named {
  digest: string;
  size: number;
}

/** One repository as it is on the disk. */
export interface StoredRepository {
  readonly manifests: ReadonlySet<string>;
  /** Digest by tag. */
  readonly tags: ReadonlyMap<string, string>;
}

/** Whatever ends in a state that must not be. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/**
 * Reads a registry's folder past the registry and checks all it holds: content is what its name says, and each manifest has its
 * blobs and its children in its own repository, in their full size.
 *
 * @throws {Violation}
 */
export async function readStored(
  folder: string,
  repositories: Iterable<string>,
): Promise<Map<string, StoredRepository>> {
  const sizes = await checkContent(path.join(folder, 'blobs'));
  const found = new Map<string, StoredRepository>();
  for (const name of new Set(repositories)) found.set(name, await readRepository(folder, name, sizes));
  return found;
}

/** Sessions that were begun and neither finished nor given up. */
export async function openSessions(folder: string): Promise<number> {
  return (await namesIn(new Layout(folder).uploads)).length;
}

/** Blobs of a repository that no manifest in it names. */
export async function unreferencedBlobs(folder: string, name: string): Promise<string[]> {
  const layout = new Layout(folder);
  const named = new Set<string>();
  for (const file of await namesIn(layout.manifests(name))) {
    const { config, layers = [] } = await documentOf(folder, digestOfFile(file));
    for (const { digest } of config ? [config, ...layers] : layers) named.add(digest);
  }
  return (await namesIn(layout.layers(name))).map(digestOfFile).filter((digest) => !named.has(digest));
}

/** Digests of a manifest of a repository and of all manifests below it. */
export async function closureOf(folder: string, root: string): Promise<string[]> {
  const { manifests = [] } = await documentOf(folder, root);
  const below = await Promise.all(manifests.map(({ digest }) => closureOf(folder, digest)));
  return [root, ...below.flat()];
}

async function readRepository(
  folder: string,
  name: string,
  sizes: ReadonlyMap<string, number>,
): Promise<StoredRepository> {
  const layout = new Layout(folder);
  const layers = new Set((await namesIn(layout.layers(name))).map(digestOfFile));
  const manifests = new Set((await namesIn(layout.manifests(name))).map(digestOfFile));
  const tags = new Map<string, string>();
  for (const file of await namesIn(layout.tags(name))) {
    const [digest = '', tag = ''] = (await readFile(path.join(layout.tags(name), file), 'utf8')).split(' ');
    tags.set(tag.trim(), digest);
    if (!manifests.has(digest))
      throw new Violation(`${name}:${tag} points at ${digest}, which is not there.`);
  }
  for (const digest of manifests) {
    const { config, layers: own = [], manifests: children = [] } = await documentOf(folder, digest);
    for (const blob of config ? [config, ...own] : own) {
      if (!layers.has(blob.digest)) throw new Violation(`${name}@${digest} lacks the blob ${blob.digest}.`);
      if (sizes.get(blob.digest) !== blob.size)
        throw new Violation(`${blob.digest} has ${sizes.get(blob.digest)} bytes and not ${blob.size}.`);
    }
    for (const child of children)
      if (!manifests.has(child.digest)) throw new Violation(`${name}@${digest} lacks ${child.digest}.`);
  }
  return { manifests, tags };
}

async function documentOf(folder: string, digest: string): Promise<Document> {
  return JSON.parse(await readFile(new Layout(folder).content(digest), 'utf8')) as Document;
}

/** @returns the size of each digest */
async function checkContent(folder: string): Promise<Map<string, number>> {
  const sizes = new Map<string, number>();
  for (const algorithm of await namesIn(folder)) {
    for (const first of await namesIn(path.join(folder, algorithm))) {
      for (const name of await namesIn(path.join(folder, algorithm, first))) {
        const bytes = await readFile(path.join(folder, algorithm, first, name));
        if (createHash(algorithm).update(bytes).digest('hex') !== name)
          throw new Violation(`What is kept as ${algorithm}:${name} is something else.`);
        sizes.set(`${algorithm}:${name}`, bytes.byteLength);
      }
    }
  }
  return sizes;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
