import type { KnownTag } from './known-tag.ts';

/** What a choice of tags and manifests touches, as far as it is known. */
export interface Touched {
  /** Different images that they point at. */
  readonly images: number;
  /** Chosen tags of which the image is not known. */
  readonly unread: number;
  /** Tags that were not chosen, on the same images. */
  readonly others: readonly string[];
  /** Tags of the repository, chosen or not, of which the image is not known: they may be on the same ones. */
  readonly unknown: number;
}

export function touchedBy(all: readonly KnownTag[], chosen: ReadonlySet<string>): Touched {
  const digests = new Set<string>();
  let [unread, unknown] = [0, 0];
  for (const { name, details } of all) {
    if (!details) unknown += 1;
    if (!chosen.has(name)) continue;
    if (details) digests.add(details.digest);
    else unread += 1;
  }
  const others = all
    .filter(({ name, details }) => details && digests.has(details.digest) && !chosen.has(name))
    .map(({ name }) => name);
  return { images: digests.size, unread, others, unknown };
}
