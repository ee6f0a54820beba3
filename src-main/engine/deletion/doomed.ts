import { listReferrers } from '../endpoints/referrers.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { cosignTags, isReferrersTag, referrersTag } from '../model/attached-tags.ts';
import { isIndexType } from '../model/media-types.ts';
import type { Contents } from './holdings.ts';
import type { ReportOptions } from './report.ts';
import { READS } from './seen.ts';
import { type Snapshot, tagsOf } from './snapshot.ts';

/** A manifest that goes, with all its tags. Children of an index stay: nothing but garbage collection may take them. */
export interface Doomed {
  digest: string;
  tags: readonly string[];
  /** Tagged indexes that stay and contain it: they would be broken. */
  indexes: readonly { digest: string; tags: readonly string[] }[];
  /** What is attached to it and would lose its subject. */
  referrers: readonly { digest: string; artifactType: string }[];
  /** Tags that say by their names that they are about it: cosign's, and the list of its referrers. */
  attachedTags: readonly string[];
}

export async function describeDoomed(
  client: RegistryClient,
  repository: string,
  ordered: readonly string[],
  {
    going,
    snapshot,
    contents,
    signal,
    report,
  }: ReportOptions & { going: ReadonlySet<string>; snapshot: Snapshot; contents: Contents },
): Promise<Doomed[]> {
  const described = new Map<string, Doomed>();
  const containers = containersOf(contents);
  await forEachLimit(
    ordered,
    READS,
    async (digest, stop) => {
      const indexes = (containers.get(digest) ?? [])
        .map((other) => ({ digest: other, tags: tagsOf(snapshot, other) }))
        .filter(({ digest: other, tags }) => {
          const isIndex = isIndexType(snapshot.heads.get(tags[0] ?? '')?.mediaType ?? '');
          return isIndex && !going.has(other) && !tags.every(isReferrersTag);
        });
      const attached = await listReferrers(client, repository, digest, { signal: stop });
      const referrers = new Map(
        attached.map((entry) => [entry.digest, entry.artifactType ?? entry.mediaType]),
      );
      const attachedTags: string[] = [];
      for (const { tag, artifactType } of cosignTags(digest)) {
        const head = snapshot.heads.get(tag);
        if (!head) continue;
        referrers.set(head.digest, artifactType);
        attachedTags.push(tag);
      }
      if (snapshot.heads.has(referrersTag(digest))) attachedTags.push(referrersTag(digest));
      described.set(digest, {
        digest,
        tags: tagsOf(snapshot, digest),
        indexes,
        referrers: [...referrers].map(([referrer, artifactType]) => ({ digest: referrer, artifactType })),
        attachedTags,
      });
      report?.(described.size, ordered.length);
    },
    signal,
  );
  return ordered.flatMap((digest) => described.get(digest) ?? []);
}

/** By manifest what contains it. */
function containersOf(contents: Contents): ReadonlyMap<string, readonly string[]> {
  const containers = new Map<string, string[]>();
  for (const [container, { contained }] of contents)
    for (const digest of contained) {
      const known = containers.get(digest);
      if (known) known.push(container);
      else containers.set(digest, [container]);
    }
  return containers;
}
