import { probeDeletion } from '../endpoints/deletion-probe.ts';
import { identifiedSystem } from '../endpoints/identify.ts';
import { listReferrers, referrersTag } from '../endpoints/referrers.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import { isIndexType } from '../model/media-types.ts';
import { checkRepository, checkTag } from '../model/reference.ts';
import type { GarbageCollection, System } from '../systems/system.ts';
import { forEachLimit } from './for-each-limit.ts';
import { sum } from './graph.ts';
import type { ManifestReader } from './reader.ts';
import {
  type Contents,
  digestAt,
  type PlanOptions,
  readContents,
  readTags,
  type Snapshot,
  tagsOf,
} from './snapshot.ts';

/** Manifests whose referrers are asked for at a time; the client's own bound holds as well. */
const READS = 8;

/** One change of a deletion, journalled before and after it happens. */
export type DeleteStep =
  /** `siblings` stay; that they do is checked afterwards. */
  | { kind: 'deleteTag'; tag: string; digest: string; siblings?: readonly string[] }
  | { kind: 'deleteManifest'; digest: string; tags: readonly string[] };

/** What deleting tags would do; nothing was changed to make it. */
export interface DeletionPlanData {
  repository: string;
  asked: readonly string[];
  /** Tags that go alone; the manifest and its other tags stay. */
  tagsAlone: readonly { tag: string; digest: string; siblings: readonly string[] }[];
  /** Manifests that go, each with all its tags. Children of an index stay: nothing but garbage collection may take them. */
  manifests: readonly {
    digest: string;
    tags: readonly string[];
    /** Tagged indexes that stay and contain it: they would be broken. */
    indexes: readonly { digest: string; tags: readonly string[] }[];
    /** What is attached to it and would lose its subject. */
    referrers: readonly { digest: string; artifactType: string }[];
  }[];
  /** Tags that were not asked for and go with their digest, because this registry cannot delete a tag alone. */
  alsoRemoved: readonly string[];
  needsConsent: boolean;
  /** Referenced bytes that no remaining tag of the repository holds; free after garbage collection. */
  bytesFreed: number;
  garbageCollection: GarbageCollection;
  /** In the order to run them: tags, then indexes, then what they contain. */
  steps: readonly DeleteStep[];
}

/**
 * Plans the deletion of tags. Costs one HEAD for each tag of the repository (any of them may share the digest), and for the
 * first time one GET for each manifest behind them, which the reader may keep.
 *
 * A tag that shares its digest, or whose manifest a staying index contains, goes alone where the registry can do that; where
 * it cannot, the plan names what would go with it and needs consent.
 *
 * @throws {RegistryError} `notFound` for a tag that is not there, `unsupported` where the registry deletes nothing.
 */
export async function planDeletion(
  client: RegistryClient,
  reader: ManifestReader,
  repository: string,
  tags: readonly string[],
  { signal, onProgress }: PlanOptions = {},
): Promise<DeletionPlanData> {
  checkRepository(repository);
  const asked = [...new Set(tags.map(checkTag))];
  const system = await identifiedSystem(client, { signal });
  const snapshot = await readTags(client, reader, repository, {
    signal,
    ...(onProgress ? { onProgress } : {}),
  });
  const missing = asked.filter((tag) => !snapshot.heads.has(tag));
  if (missing.length > 0)
    throw new RegistryError('notFound', '', { reason: `There is no tag ${missing.slice(0, 5).join(', ')}.` });
  const alone = await canDeleteTagAlone(client, system, repository, signal);
  const wanted = new Set(asked);
  const contents = await readContents(reader, repository, snapshot, signal, onProgress);

  const digests = [...new Set(asked.map((tag) => digestAt(snapshot, tag)))];
  const going = new Set(
    alone ? digests.filter((digest) => tagsOf(snapshot, digest).every((tag) => wanted.has(tag))) : digests,
  );
  if (alone) keepContained(going, snapshot, contents);

  const tagsAlone = asked
    .map((tag) => ({ tag, digest: digestAt(snapshot, tag) }))
    .filter(({ digest }) => !going.has(digest))
    .map(({ tag, digest }) => ({
      tag,
      digest,
      siblings: tagsOf(snapshot, digest).filter((other) => !wanted.has(other)),
    }));
  const ordered = parentsFirst([...going], contents);
  const manifests = await describeDoomed(client, repository, ordered, going, snapshot, contents, {
    signal,
    ...(onProgress ? { onProgress } : {}),
  });
  const alsoRemoved = manifests.flatMap((doomed) => doomed.tags.filter((tag) => !wanted.has(tag)));
  const removed = new Set([...asked, ...alsoRemoved]);
  return {
    repository,
    asked,
    tagsAlone,
    manifests,
    alsoRemoved,
    needsConsent: alsoRemoved.length > 0 || manifests.some(({ indexes }) => indexes.length > 0),
    bytesFreed: bytesFreed(snapshot, contents, removed),
    garbageCollection: system.garbageCollection,
    steps: [
      ...tagsAlone.map(
        ({ tag, digest, siblings }): DeleteStep =>
          siblings.length === 0
            ? { kind: 'deleteTag', tag, digest }
            : { kind: 'deleteTag', tag, digest, siblings },
      ),
      ...manifests.map(
        ({ digest, tags: all }): DeleteStep => ({ kind: 'deleteManifest', digest, tags: all }),
      ),
    ],
  };
}

async function canDeleteTagAlone(
  client: RegistryClient,
  system: System,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (system.deletes === 'yes' && system.deletesTagAlone !== 'unknown')
    return system.deletesTagAlone === 'yes';
  const found = await probeDeletion(client, repository, { signal });
  if (found.digest === 'no')
    throw new RegistryError('unsupported', '', { reason: 'Deleting is turned off on this registry.' });
  if (found.digest === 'denied')
    throw new RegistryError('denied', '', { reason: `This account may not delete in ${repository}.` });
  return found.tag === 'yes';
}

/** Takes out of `going` what an index that stays contains: its tags can go alone, so nothing needs to break. */
function keepContained(going: Set<string>, { byDigest }: Snapshot, contents: Contents): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const index of byDigest.keys()) {
      if (going.has(index)) continue;
      for (const child of contents.get(index)?.contained ?? []) if (going.delete(child)) changed = true;
    }
  }
}

/** Some registries refuse to delete what an index still lists. */
function parentsFirst(digests: readonly string[], contents: Contents): string[] {
  const below = (digest: string): number =>
    digests.filter((other) => contents.get(digest)?.contained.has(other)).length;
  return [...digests].sort((a, b) => below(b) - below(a));
}

const COSIGN_TAG = /^sha256-([0-9a-f]{64})\.(sig|att|sbom)$/;

async function describeDoomed(
  client: RegistryClient,
  repository: string,
  ordered: readonly string[],
  going: ReadonlySet<string>,
  snapshot: Snapshot,
  contents: Contents,
  { signal, onProgress }: PlanOptions,
): Promise<DeletionPlanData['manifests']> {
  const described = new Map<string, DeletionPlanData['manifests'][number]>();
  const fallback = new Set(ordered.map(referrersTag));
  let done = 0;
  await forEachLimit(
    ordered,
    READS,
    async (digest, stop) => {
      const indexes = [...snapshot.byDigest]
        .filter(([other, tags]) => {
          const holds = contents.get(other)?.contained.has(digest) === true;
          // The index behind a fallback tag lists referrers; it does not contain them.
          return (
            holds &&
            !going.has(other) &&
            isIndexType(headOf(snapshot, tags)) &&
            !tags.every((tag) => fallback.has(tag))
          );
        })
        .map(([other, tags]) => ({ digest: other, tags }));
      const attached = await listReferrers(client, repository, digest, { signal: stop });
      const referrers = new Map(
        attached.map((entry) => [entry.digest, entry.artifactType ?? entry.mediaType]),
      );
      for (const [tag, head] of snapshot.heads) {
        const cosign = COSIGN_TAG.exec(tag);
        if (cosign && `sha256:${cosign[1]}` === digest)
          referrers.set(head.digest, `application/vnd.dev.cosign.artifact.${cosign[2]}.v1+json`);
      }
      described.set(digest, {
        digest,
        tags: tagsOf(snapshot, digest),
        indexes,
        referrers: [...referrers].map(([referrer, artifactType]) => ({ digest: referrer, artifactType })),
      });
      done++;
      onProgress?.({ phase: 'referrers', done, total: ordered.length });
    },
    signal,
  );
  return ordered.flatMap((digest) => described.get(digest) ?? []);
}

function headOf({ heads }: Snapshot, tags: readonly string[]): string {
  return heads.get(tags[0] ?? '')?.mediaType ?? '';
}

/** Everything the removed tags hold, less everything the others hold. */
function bytesFreed({ heads }: Snapshot, contents: Contents, removed: ReadonlySet<string>): number {
  const freed = new Map<string, number>();
  const kept = new Set<string>();
  for (const [tag, head] of heads) {
    const sizes = contents.get(head.digest)?.sizes ?? new Map<string, number>();
    for (const [digest, size] of sizes) {
      if (removed.has(tag)) freed.set(digest, size);
      else kept.add(digest);
    }
  }
  return sum([...freed].map(([digest, size]) => (kept.has(digest) ? 0 : size)));
}
