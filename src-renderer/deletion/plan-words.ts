/** An index that stays and would lose a child. */
import type { DeletionPlan } from '../../src-main/common/deletion.ts';
export interface BrokenIndex {
  digest: string;
  tags: readonly string[];
}

/** Every index a plan would break, once each. */
export function brokenIndexes(plan: DeletionPlan): readonly BrokenIndex[] {
  const known = new Map<string, BrokenIndex>();
  for (const manifest of plan.manifests) {
    for (const index of manifest.indexes) known.set(index.digest, index);
  }
  return [...known.values()];
}

/** Signatures, SBOMs and attestations that lose their subject, once each. */
export function orphanedReferrers(plan: DeletionPlan): number {
  return new Set(plan.manifests.flatMap(({ referrers }) => referrers.map(({ digest }) => digest))).size;
}

/** All tags that are gone when the plan has run. */
export function tagsGone(plan: DeletionPlan): ReadonlySet<string> {
  return new Set([
    ...plan.tagsAlone.map(({ tag }) => tag),
    ...plan.manifests.flatMap(({ tags }) => tags),
    ...plan.alsoRemoved,
  ]);
}
