import type { ManifestFacts } from '../../../src-main/common/facts.ts';

/** Numbers that look like chance, the same each time. */
export function chanceOf(seed: number): (below: number) => number {
  let state = seed * 2_654_435_761 + 1;
  return (below) => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x6d2b79f5) | 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) % below;
  };
}

const OCI = 'application/vnd.oci.image';

/** Manifests of every kind, over few blobs: shared ones, repeated ones, nested indexes, referrers, a loop, sizes that disagree. */
export function someManifests(chance: (below: number) => number): ManifestFacts[] {
  const found: ManifestFacts[] = [];
  const digest = (kind: string, number: number) => `sha256:${kind}${String(number).padStart(60, '0')}`;
  const blobs = Array.from({ length: 14 }, (_, number) => ({
    digest: digest('b10b', number),
    size: 10 ** (number % 5) * (number + 1),
    mediaType: `${OCI}.layer.v1.tar`,
  }));
  const pick = <Item>(items: readonly Item[]): Item => items[chance(items.length)] as Item;
  for (let number = 0; number < 24; number++) {
    const isIndex = number > 6 && chance(3) === 0;
    const children = isIndex ? Array.from({ length: 1 + chance(3) }, () => pick(found)) : [];
    const held = Array.from({ length: isIndex ? chance(2) : 1 + chance(5) }, () => pick(blobs));
    // One in some is named as a blob although it is a manifest.
    if (number > 3 && chance(8) === 0) held.push({ ...pick(found), size: 3 });
    const subject = number > 4 && chance(4) === 0 ? pick(isIndex ? children : found).digest : undefined;
    found.push({
      digest: digest('face', number),
      mediaType: isIndex ? `${OCI}.index.v1+json` : `${OCI}.manifest.v1+json`,
      kind: isIndex ? 'index' : 'image',
      size: 100 + number,
      ...(chance(2) === 0 ? { created: new Date(chance(1_000_000) * 1_000_000).toISOString() } : {}),
      platforms: [],
      attested: false,
      ...(subject === undefined ? {} : { subject }),
      children: children.map(({ digest: child, size, mediaType }) => ({ digest: child, size, mediaType })),
      blobs: held.map(({ digest: blob, size, mediaType }, position) => ({
        digest: blob,
        size: chance(12) === 0 ? Math.floor(size / 2) : size,
        mediaType,
        role: isIndex ? 'other' : position === 0 ? 'config' : 'layer',
      })),
    });
  }
  return found;
}

export interface ModelRepository {
  tags: Map<string, string | undefined>;
  held: Set<string>;
  missing: Set<string>;
  scanned?: number;
}

/** What is known, and all that follows from it, worked out anew each time by what it means. */
export class Model {
  readonly registries = new Map<string, Map<string, ModelRepository>>();
  readonly facts = new Map<string, ManifestFacts>();
  readonly listed = new Map<string, number>();

  clone(): Model {
    const copy = new Model();
    for (const [registry, repositories] of this.registries)
      copy.registries.set(
        registry,
        new Map(
          [...repositories].map(([name, { tags, held, missing }]) => [
            name,
            { tags: new Map(tags), held: new Set(held), missing: new Set(missing) },
          ]),
        ),
      );
    for (const [digest, facts] of this.facts) copy.facts.set(digest, facts);
    return copy;
  }

  repository(registry: string, name: string): ModelRepository {
    const repositories = this.registries.get(registry) ?? new Map<string, ModelRepository>();
    this.registries.set(registry, repositories);
    const repository = repositories.get(name) ?? { tags: new Map(), held: new Set(), missing: new Set() };
    repositories.set(name, repository);
    return repository;
  }

  /** The most that any manifest says. */
  sizeOf(content: string): number {
    let size = this.facts.get(content)?.size ?? 0;
    for (const { blobs } of this.facts.values())
      for (const blob of blobs) if (blob.digest === content) size = Math.max(size, blob.size);
    return size;
  }

  sum(contents: Iterable<string>): number {
    let sum = 0;
    for (const content of contents) sum += this.sizeOf(content);
    return sum;
  }

  /** Manifests that tags of the repository need. */
  needed({ tags, held, missing }: ModelRepository): Set<string> {
    const needed = new Set([...tags.values()].filter((digest) => digest !== undefined));
    for (const digest of needed) {
      if (missing.has(digest)) continue;
      for (const { digest: child } of this.facts.get(digest)?.children ?? []) needed.add(child);
      for (const referrer of held) if (this.facts.get(referrer)?.subject === digest) needed.add(referrer);
    }
    return needed;
  }

  /** Each digest that the repository holds, once. */
  contents(repository: ModelRepository): Set<string> {
    const contents = new Set<string>();
    for (const digest of this.needed(repository)) {
      const facts = this.facts.get(digest);
      if (!facts || repository.missing.has(digest)) continue;
      contents.add(digest);
      for (const blob of facts.blobs) contents.add(blob.digest);
    }
    return contents;
  }

  unread(repository: ModelRepository): string[] {
    return [...this.needed(repository)].filter(
      (digest) => !repository.missing.has(digest) && !this.facts.has(digest),
    );
  }

  /** A tag's own bytes, and whether some of it was not read. */
  tagged(digest: string | undefined): { bytes: number; estimated: boolean; newest?: string } {
    if (digest === undefined) return { bytes: 0, estimated: true };
    const manifests = new Set([digest]);
    const contents = new Set<string>();
    const created: string[] = [];
    let estimated = false;
    for (const manifest of manifests) {
      const facts = this.facts.get(manifest);
      if (!facts) {
        estimated = true;
        continue;
      }
      contents.add(manifest);
      if (facts.created !== undefined) created.push(facts.created);
      for (const blob of facts.blobs) contents.add(blob.digest);
      for (const child of facts.children) manifests.add(child.digest);
    }
    const listed = this.listed.get(digest);
    const newest = created.sort().at(-1);
    return {
      bytes: estimated && listed !== undefined ? listed : this.sum(contents),
      estimated,
      ...(newest === undefined ? {} : { newest }),
    };
  }

  /** Tags of the repository that a content is there for. */
  leadingTo(repository: ModelRepository, content: string): string[] {
    const leads = (digest: string): boolean => {
      const alone = { ...repository, tags: new Map([['only', digest]]) };
      return this.contents(alone).has(content) || this.unread(alone).includes(content);
    };
    return [...repository.tags].flatMap(([tag, digest]) =>
      digest !== undefined && leads(digest) ? [tag] : [],
    );
  }
}
