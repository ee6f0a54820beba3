import type { Selection, Shelf } from './shelf.ts';

/** A repository as a registry shows it. */
export interface StoredTags {
  /** By tag its digest. */
  readonly tags: ReadonlyMap<string, string>;
  /** Digests that are there, with tags or without. */
  readonly manifests: ReadonlySet<string>;
}

/** What a deletion leaves of a repository, and which manifests it takes: worked out from what must hold, and from nothing of the product. */
export function expectedAfter(
  before: StoredTags,
  { manifests }: Pick<Shelf, 'manifests'>,
  selection: Selection,
  attached: boolean,
): StoredTags & { going: ReadonlySet<string> } {
  const wanted = new Set(selection.tags);
  const named = new Set(selection.digests);
  const tagsOn = (digest: string): string[] =>
    [...before.tags].flatMap(([tag, at]) => (at === digest ? [tag] : []));
  const below = (digest: string): readonly string[] => manifests.get(digest)?.contained ?? [];
  const tagged = new Set(before.tags.values());

  // A manifest goes with its last tag, or because it was named.
  const going = new Set(named);
  for (const digest of tagged) if (tagsOn(digest).every((tag) => wanted.has(tag))) going.add(digest);
  // What a tagged index that stays contains, stays.
  for (let changed = true; changed; ) {
    changed = false;
    for (const index of tagged)
      if (!going.has(index))
        for (const child of below(index)) if (!named.has(child) && going.delete(child)) changed = true;
  }
  // What is attached goes along, unless it has a name for something else.
  for (let level = attached ? [...going] : []; level.length > 0; ) {
    const about = new Map(level.map((digest) => [digest, tagsAbout(digest, before)]));
    const names = new Set([...wanted, ...[...about.values()].flat()]);
    const found = new Set<string>();
    for (const [digest, tags] of about) {
      const referring = [...before.manifests].filter((one) => manifests.get(one)?.subject === digest);
      for (const one of [...referring, ...tags.map((tag) => before.tags.get(tag) ?? '')])
        if (!going.has(one) && tagsOn(one).every((tag) => names.has(tag))) found.add(one);
    }
    for (const one of found) going.add(one);
    level = [...found];
  }
  return {
    going,
    tags: new Map([...before.tags].filter(([tag, digest]) => !wanted.has(tag) && !going.has(digest))),
    manifests: new Set([...before.manifests].filter((digest) => !going.has(digest))),
  };
}

/** Tags named after a digest: cosign's, and the list of its referrers. */
function tagsAbout(digest: string, { tags }: StoredTags): string[] {
  const name = digest.replace(':', '-').slice(0, 'sha256-'.length + 64);
  return ['', '.sig', '.att', '.sbom'].map((end) => `${name}${end}`).filter((tag) => tags.has(tag));
}
