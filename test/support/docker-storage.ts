import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

/** Bytes of each blob that a folder of distribution's storage driver holds, by digest. */
export async function storedBlobs(folder: string): Promise<Map<string, number>> {
  const blobs = path.join(folder, 'docker/registry/v2/blobs/sha256');
  const found = new Map<string, number>();
  for (const name of await namesIn(blobs, 'data')) {
    const hex = path.basename(path.dirname(name));
    found.set(`sha256:${hex}`, (await stat(path.join(blobs, name))).size);
  }
  return found;
}

/** Digests that each repository links, manifests and layers alike, by repository. */
export async function linkedDigests(folder: string): Promise<Map<string, Set<string>>> {
  const root = path.join(folder, 'docker/registry/v2/repositories');
  const linked = new Map<string, Set<string>>();
  for (const name of await namesIn(root, 'link')) {
    const match = /^(.+)\/(?:_layers|_manifests\/revisions)\/sha256\/([0-9a-f]{64})\/link$/.exec(name);
    if (!match) continue;
    const [, repository = '', hex = ''] = match;
    const digests = linked.get(repository) ?? new Set();
    linked.set(repository, digests.add(`sha256:${hex}`));
  }
  return linked;
}

/** Files of this name anywhere below, as paths from there. */
async function namesIn(folder: string, name: string): Promise<string[]> {
  const all = await readdir(folder, { recursive: true });
  return all.map((each) => each.replaceAll(path.sep, '/')).filter((each) => each.endsWith(`/${name}`));
}
