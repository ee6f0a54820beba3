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
 *
 * @param asked of which of `main` it was asked for
 * @returns with those that go without having been asked for
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
    asked: (digest: string) => boolean;
    byRegistry: boolean;
  },
  describe: (digests: readonly string[]) => Promise<Doomed[]>,
): Promise<{ taken: Doomed[]; unasked: number }> {
  const taken: Doomed[] = [];
  const chosen = new Set(main.flatMap(({ digest }) => (asked(digest) ? [digest] : [])));
  let level = main;
  let unasked = 0;
  while (level.length > 0) {
    const about = new Set([...wanted, ...level.flatMap(({ attachedTags }) => attachedTags)]);
    const isFree = (digest: string): boolean => tagsOf(snapshot, digest).every((tag) => about.has(tag));
    const found = new Set<string>();
    for (const one of level) {
      const isChosen = chosen.has(one.digest);
      const tagged = one.attachedTags.map((tag) => digestAt(snapshot, tag));
      for (const digest of [
        ...one.referrers.flatMap((referrer) =>
          byRegistry || (isChosen && isFree(referrer.digest)) ? [referrer.digest] : [],
        ),
        ...(isChosen ? tagged.filter(isFree) : []),
      ]) {
        if (isChosen) chosen.add(digest);
        if (going.has(digest)) continue;
        going.add(digest);
        found.add(digest);
      }
    }
    unasked += [...found].filter((digest) => !chosen.has(digest)).length;
    level = await describe([...found]);
    taken.push(...level);
  }
  return { taken, unasked };
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
