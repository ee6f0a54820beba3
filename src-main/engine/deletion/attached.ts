import type { Doomed } from './doomed.ts';
import { digestAt, type Snapshot, tagsOf } from './snapshot.ts';

/** What is attached to what goes, and would stay. */
export function offerOf(
  doomed: readonly Doomed[],
  going: ReadonlySet<string>,
): { manifests: number; tags: string[] } {
  const digests = doomed.flatMap(({ referrers }) => referrers.map(({ digest }) => digest));
  return {
    manifests: new Set(digests.filter((digest) => !going.has(digest))).size,
    tags: [...new Set(doomed.flatMap(({ attachedTags }) => attachedTags))],
  };
}

/**
 * What is attached to `main`, and what is attached to that. What has a tag that is about something else stays, unless the registry
 * takes it. Adds to `going` what it finds.
 */
export async function takeAttached(
  main: readonly Doomed[],
  {
    going,
    wanted,
    snapshot,
    asked,
    byRegistry,
  }: {
    going: Set<string>;
    wanted: ReadonlySet<string>;
    snapshot: Snapshot;
    asked: boolean;
    byRegistry: boolean;
  },
  describe: (digests: readonly string[]) => Promise<Doomed[]>,
): Promise<Doomed[]> {
  const taken: Doomed[] = [];
  let level = main;
  while (level.length > 0) {
    const about = new Set([...wanted, ...level.flatMap(({ attachedTags }) => attachedTags)]);
    const isFree = (digest: string): boolean => tagsOf(snapshot, digest).every((tag) => about.has(tag));
    const referring = level.flatMap(({ referrers }) => referrers.map(({ digest }) => digest));
    const tagged = level.flatMap(({ attachedTags }) => attachedTags.map((tag) => digestAt(snapshot, tag)));
    const found = [
      ...referring.filter((digest) => byRegistry || isFree(digest)),
      ...(asked ? tagged.filter(isFree) : []),
    ].filter((digest) => !going.has(digest));
    for (const digest of found) going.add(digest);
    level = await describe([...new Set(found)]);
    taken.push(...level);
  }
  return taken;
}

/** What goes with it because it is attached to it, or to what is. */
export function takenWith(
  doomed: Doomed,
  all: readonly Doomed[],
): { digest: string; tags: readonly string[] }[] {
  const byDigest = new Map(all.map((one) => [one.digest, one]));
  const taken = new Map<string, Doomed>();
  const queue = [doomed];
  for (let next = queue.pop(); next; next = queue.pop()) {
    for (const { digest } of next.referrers) {
      const attached = byDigest.get(digest);
      if (!attached || attached === doomed || taken.has(digest)) continue;
      taken.set(digest, attached);
      queue.push(attached);
    }
  }
  return [...taken.values()].map(({ digest, tags }) => ({ digest, tags }));
}
