import type { Policy } from './policy.ts';
import type { CleanupManifest, CleanupRepository, Decision } from './types.ts';

/** Manifests that are looked at in one slice. */
const SLICE = 256;

/**
 * Decides manifests without a tag. What an index contains, whether it stays or goes, is not untagged; what is attached to something that
 * is there, neither.
 */
export function* decideUntagged(
  { tags, untagged = [] }: CleanupRepository,
  policy: Policy,
): Generator<void, Decision[], void> {
  if (untagged.length === 0) return [];
  const containers = new Map<string, string>();
  const present = new Map<string, string>();
  let isAllRead = true;
  const all = [
    ...tags.map(({ name, digest, holds }) => ({ label: name, digest, holds })),
    ...untagged.map(({ digest, holds }) => ({ label: digest, digest, holds })),
  ];
  for (const [at, { label, digest, holds }] of all.entries()) {
    if (at % SLICE === 0) yield;
    if (!holds) isAllRead = false;
    present.set(digest, label);
    for (const of of holds ?? []) containers.set(of, label);
  }
  const decisionOf = (manifest: CleanupManifest): Decision => {
    const stays = policy.staysUntagged(manifest);
    if (stays) return stays;
    const { digest, holds, subject } = manifest;
    const by =
      containers.get(digest) ??
      (subject === undefined ? undefined : (present.get(subject) ?? containers.get(subject)));
    if (by !== undefined) return { keep: true, reason: 'attached', with: by };
    if (subject !== undefined) return policy.goesStale(manifest);
    // What was not read may be attached to something, and may lie in an index that was not read.
    return holds && isAllRead ? policy.goes('untagged', manifest) : policy.isUnknown('untagged', 'contents');
  };
  const decisions: Decision[] = [];
  for (const [at, manifest] of untagged.entries()) {
    if (at % SLICE === 0) yield;
    decisions.push(decisionOf(manifest));
  }
  return decisions;
}
