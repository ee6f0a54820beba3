import type { Doomed } from './doomed.ts';
import type { Contents } from './holdings.ts';

/** What goes, with the digests of what has to be gone before. */
export type Ordered<Kind extends Doomed> = Kind & { after: readonly string[] };

/**
 * Orders manifests so that nothing ever points at what is gone already: what is attached goes right before what it is attached to, and
 * an index before what it contains (some registries refuse anything else). A registry that takes what is attached along by itself does
 * that when the subject goes, which is then first.
 */
export function inOrder<Kind extends Doomed>(
  doomed: readonly Kind[],
  contents: Contents,
  { byRegistry }: { byRegistry: boolean },
): Ordered<Kind>[] {
  const byDigest = new Map(doomed.map((one) => [one.digest, one]));
  const before = new Map(doomed.map(({ digest }) => [digest, new Set<string>()]));
  const goesBefore = (first: string, then: string): void => {
    if (first !== then && byDigest.has(first)) before.get(then)?.add(first);
  };
  for (const { digest } of doomed)
    for (const child of contents.get(digest)?.contained ?? []) goesBefore(digest, child);
  // Last, so that nothing comes between a signature and its image.
  for (const { digest, referrers } of doomed)
    for (const referrer of referrers)
      if (byRegistry) goesBefore(digest, referrer.digest);
      else goesBefore(referrer.digest, digest);
  const ordered = new Map<string, Ordered<Kind>>();
  // As deep as indexes nest and signatures are signed, which is within bounds where they are read.
  const place = (one: Kind, path: ReadonlySet<string>): void => {
    if (ordered.has(one.digest) || path.has(one.digest)) return;
    const after = [...(before.get(one.digest) ?? [])];
    const below = new Set([...path, one.digest]);
    for (const digest of after) {
      const first = byDigest.get(digest);
      if (first) place(first, below);
    }
    ordered.set(one.digest, { ...one, after });
  };
  for (const one of doomed) place(one, new Set());
  return [...ordered.values()];
}
