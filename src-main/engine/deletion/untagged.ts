import type { Contents } from './holdings.ts';
import type { Snapshot } from './snapshot.ts';

/**
 * Of a manifest that goes, what is below it and stays although no tag and no index needs it any more: it lies there until the registry
 * collects untagged manifests.
 */
export function untaggedBelow(
  contents: Contents,
  {
    byDigest,
    going,
    removed,
  }: Pick<Snapshot, 'byDigest'> & { going: ReadonlySet<string>; removed: ReadonlySet<string> },
): (digest: string) => readonly string[] {
  const needed = new Set<string>();
  for (const [digest, tags] of byDigest) {
    if (going.has(digest) || tags.every((tag) => removed.has(tag))) continue;
    needed.add(digest);
    for (const child of contents.get(digest)?.contained ?? []) needed.add(child);
  }
  return (digest) =>
    [...(contents.get(digest)?.contained ?? [])].filter((child) => !going.has(child) && !needed.has(child));
}
