import { listReferrers, referrersTag } from '../endpoints/referrers.ts';
import type { RegistryClient } from '../http/client.ts';
import { isIndexType } from '../model/media-types.ts';
import { type PlanOptions, readEach } from './plan-progress.ts';
import { type Contents, type Snapshot, tagsOf } from './snapshot.ts';

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

const COSIGN_TAG = /^sha256-([0-9a-f]{64})\.(sig|att|sbom)$/;
/** The index behind such a tag lists referrers; it does not contain them. */
const REFERRERS_TAG = /^sha(?:256-[0-9a-f]{64}|512-[0-9a-f]{64,128})$/;

export async function describeDoomed(
  client: RegistryClient,
  repository: string,
  ordered: readonly string[],
  {
    going,
    snapshot,
    contents,
    signal,
    onProgress,
  }: PlanOptions & { going: ReadonlySet<string>; snapshot: Snapshot; contents: Contents },
): Promise<Doomed[]> {
  const described = new Map<string, Doomed>();
  await readEach(
    'referrers',
    ordered,
    async (digest, stop) => {
      const indexes = [...snapshot.byDigest]
        .filter(([other, tags]) => {
          const holds = contents.get(other)?.contained.has(digest) === true;
          const isIndex = isIndexType(snapshot.heads.get(tags[0] ?? '')?.mediaType ?? '');
          return holds && isIndex && !going.has(other) && !tags.every((tag) => REFERRERS_TAG.test(tag));
        })
        .map(([other, tags]) => ({ digest: other, tags }));
      const attached = await listReferrers(client, repository, digest, { signal: stop });
      const referrers = new Map(
        attached.map((entry) => [entry.digest, entry.artifactType ?? entry.mediaType]),
      );
      const attachedTags: string[] = [];
      for (const [tag, head] of snapshot.heads) {
        const cosign = COSIGN_TAG.exec(tag);
        const signs = cosign !== null && `sha256:${cosign[1]}` === digest;
        if (signs) referrers.set(head.digest, `application/vnd.dev.cosign.artifact.${cosign[2]}.v1+json`);
        if (signs || tag === referrersTag(digest)) attachedTags.push(tag);
      }
      described.set(digest, {
        digest,
        tags: tagsOf(snapshot, digest),
        indexes,
        referrers: [...referrers].map(([referrer, artifactType]) => ({ digest: referrer, artifactType })),
        attachedTags,
      });
    },
    { signal, onProgress },
  );
  return ordered.flatMap((digest) => described.get(digest) ?? []);
}
