import { isAttachedTag } from '../model/attached-tags.ts';
import { decideAttached } from './attached.ts';
import type { CompiledRules } from './compile.ts';
import { keepNeeded } from './needed.ts';
import { Policy } from './policy.ts';
import type { CleanupContext, CleanupRepository, Decision, Decisions } from './types.ts';
import { decideUntagged } from './untagged.ts';

/** Tags that are looked at in one slice. */
const SLICE = 64;

/**
 * What rules say of each tag of a repository, and of the manifests without one: the first match in the order protect, keep, delete.
 * What nothing matches stays. What depends on a fact that is not known stays, and so does, where the registry deletes by digest only,
 * a tag whose manifest is needed by one that stays. Tags named after a digest (of cosign, of referrers) have no age or place in an
 * order of their own: they go with what they are attached to, or as stale once that is gone.
 *
 * Pure. It gives way after each slice, for repositories have 100,000 tags.
 */
export function* decide(
  repository: CleanupRepository,
  rules: CompiledRules,
  context: CleanupContext,
): Generator<void, Decisions, void> {
  const policy = yield* Policy.of(repository, rules, context);
  const decisions: Decision[] = [];
  const attached = new Set<number>();
  for (const [at, tag] of repository.tags.entries()) {
    if (at % SLICE === 0) yield;
    const stays = policy.stays(tag);
    const isAttached = !stays && isAttachedTag(tag.name);
    if (isAttached) attached.add(at);
    decisions.push(stays ?? (isAttached ? policy.goesStale(tag) : policy.goes('tags', tag)));
  }
  const untagged = yield* decideUntagged(repository, policy);
  // Each turn but the last keeps one tag more at least.
  do yield* decideAttached(repository, untagged, policy, attached, decisions);
  while (!context.tagsAlone && (yield* keepNeeded(repository.tags, decisions)));
  return { tags: decisions, untagged };
}
