import type { DeletionSummary } from '../../src-main/common/deletion.ts';

/** An index that stays and would lose a child. */
export interface BrokenIndex {
  digest: string;
  tags: readonly string[];
}

/** Every index a plan would break, once each. */
export function brokenIndexes(summary: DeletionSummary): readonly BrokenIndex[] {
  const known = new Map<string, BrokenIndex>();
  for (const manifest of summary.manifests) {
    for (const index of manifest.indexes) known.set(index.digest, index);
  }
  return [...known.values()];
}

/** Signatures, SBOMs and attestations that stay and lose their subject, once each. */
export function orphanedReferrers({ manifests }: DeletionSummary): number {
  const gone = new Set(manifests.map(({ digest }) => digest));
  const all = new Set(manifests.flatMap(({ referrers }) => referrers.map(({ digest }) => digest)));
  return [...all].filter((digest) => !gone.has(digest)).length;
}

/** Images of indexes that go which stay without a tag, once each. */
export function leftUntagged({ manifests }: DeletionSummary): number {
  return new Set(manifests.flatMap(({ untagged }) => untagged)).size;
}

/** Manifests that go and have no tag, without those that go because they are attached to others. */
export function untaggedGone({ manifests }: DeletionSummary): number {
  const attached = new Set(manifests.flatMap(({ referrers }) => referrers.map(({ digest }) => digest)));
  return manifests.filter(({ digest, tags }) => tags.length === 0 && !attached.has(digest)).length;
}

/** All tags that are gone when the plan has run. */
export function tagsGone(summary: DeletionSummary): ReadonlySet<string> {
  return new Set([
    ...summary.tagsAlone.map(({ tag }) => tag),
    ...summary.manifests.flatMap(({ tags }) => tags),
    ...summary.alsoRemoved,
  ]);
}
