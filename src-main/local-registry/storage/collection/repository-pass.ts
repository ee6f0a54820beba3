import { stat } from 'node:fs/promises';
import { isDigest } from '../../grammar.ts';
import { ifPresent, namesIn } from '../files.ts';
import { UPLOAD_IDLE_MS } from '../leases.ts';
import { digestOfFile } from '../paths.ts';
import type { RepositoryIndex } from '../repository-index.ts';
import { Needs, spread } from './needs.ts';
import { type CollectorParts, inParallel, type Pass } from './pass.ts';
import type { UntaggedManifest } from './types.ts';

/** Looks at one repository, and takes its untagged manifests and its blobs that no manifest names. */
export async function passRepository(parts: CollectorParts, name: string, pass: Pass): Promise<void> {
  const { repositories, content } = parts;
  const needs = new Needs(content);
  // Most is read before pushes to the repository have to wait.
  await needs.read(await repositories.get(name), pass.signal);
  await repositories.change(name, (index) => passAlone(parts, name, index, needs, pass));
}

/** As the repository's only writer. */
async function passAlone(
  parts: CollectorParts,
  name: string,
  index: RepositoryIndex,
  needs: Needs,
  pass: Pass,
): Promise<void> {
  const { files } = parts;
  await needs.read(index, pass.signal);
  const unread = await unreadIn(parts, name, index);
  const isWhole = needs.unreadable.size > 0 || unread.records.length > 0 || unread.tags > 0;
  if (isWhole) pass.unreadable.push(name);
  for (const digest of unread.records) pass.needed.add(digest);

  const living = new Set<string>();
  spread(index.tags.values(), living, index, needs);
  const untagged = isWhole ? [] : [...index.manifests.keys()].filter((digest) => !living.has(digest));
  const isFree = await looked(parts, name, 'manifest', untagged, pass);
  // From here to the removal from the index without a turn: a client is told that something is there, or it goes, never both.
  const dead = deadAmong(untagged, isFree, living, { name, index, needs, pass });
  const gone = new Set(dead.map(({ digest }) => digest));
  if (pass.takes && gone.size > 0) await files.removeManifests(name, index, [...gone]);
  pass.manifests.push(...dead);

  const needed = new Set<string>();
  for (const [digest, { size }] of index.manifests) {
    if (gone.has(digest)) continue;
    pass.keptManifests += 1;
    if (pass.named && pass.untagged(name, digest)) pass.spared.push({ repository: name, digest, size });
    pass.needed.add(digest);
    for (const named of needs.of(digest)) needed.add(named);
  }
  const unneeded = isWhole ? [] : [...index.layers].filter((digest) => !needed.has(digest));
  for (const digest of index.layers) if (isWhole || needed.has(digest)) pass.needed.add(digest);
  const isUnleased = await looked(parts, name, 'blob', unneeded, pass);
  const doomed = unneeded.filter(isUnleased); // without a turn, as above
  const removed = pass.takes && doomed.length > 0 ? files.removeLinks(name, index, doomed) : undefined;
  const taken = new Set(doomed);
  for (const digest of unneeded) if (!taken.has(digest)) pass.recent.add(digest);
  await removed;
  if (pass.takes && index.isEmpty) await files.removeEmptyFolders(name);
}

/** The manifests that go: no tag, no living index, no living subject and no lease keeps them. */
function deadAmong(
  untagged: readonly string[],
  isFree: (digest: string) => boolean,
  living: Set<string>,
  { name, index, needs, pass }: { name: string; index: RepositoryIndex; needs: Needs; pass: Pass },
): UntaggedManifest[] {
  // What was not asked for keeps its own.
  const roots = untagged.filter((digest) => !isFree(digest) || !pass.untagged(name, digest));
  spread(roots, living, index, needs);
  return untagged
    .filter((digest) => !living.has(digest))
    .map((digest) => ({ repository: name, digest, size: index.manifests.get(digest)?.size ?? 0 }));
}

/** Looks at the files of what nothing needs. The answer says of each whether no push may rely on it now. */
async function looked(
  { files, uploads }: CollectorParts,
  name: string,
  kind: 'blob' | 'manifest',
  digests: readonly string[],
  { takes }: Pass,
): Promise<(digest: string) => boolean> {
  if (digests.length === 0) return () => false;
  const leases = kind === 'blob' ? files.blobLeases : files.manifestLeases;
  const comes = await uploads.cameTo(name, Date.now() - UPLOAD_IDLE_MS);
  const touched = new Map<string, number>();
  await inParallel(digests, async (digest) => {
    const file = kind === 'blob' ? files.layerFile(name, digest) : files.manifestFile(name, digest);
    touched.set(digest, (await ifPresent(stat(file)))?.mtimeMs ?? 0);
  });
  let pushing: boolean | undefined;
  return (digest) => {
    const now = Date.now();
    pushing ??= comes || files.blobLeases.areOpen(name, now);
    return !leases.protects(name, digest, touched.get(digest) ?? 0, { now, pushing, waits: takes });
  };
}

/** What could not be read and is in no index for that: records of manifests, by their digests, and how many tags. */
async function unreadIn(
  { layout }: CollectorParts,
  name: string,
  index: RepositoryIndex,
): Promise<{ records: string[]; tags: number }> {
  const digests = (await namesIn(layout.manifests(name))).map(digestOfFile).filter(isDigest);
  const tags = await namesIn(layout.tags(name));
  return {
    records: digests.filter((digest) => !index.manifests.has(digest)),
    tags: tags.length - index.tags.size,
  };
}
