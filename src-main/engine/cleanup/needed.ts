import type { CleanupTag, Decision } from './types.ts';

/**
 * Keeps tags whose manifest would be missed: one that stays is on it, or contains it. Whether there were any.
 *
 * @param decisions of the tags; changed
 */
export function* keepNeeded(
  tags: readonly CleanupTag[],
  decisions: Decision[],
): Generator<void, boolean, void> {
  const needed = new Map<string, string>();
  for (const [at, { name, digest, holds = [] }] of tags.entries()) {
    if (!decisions[at]?.keep) continue;
    for (const of of [digest, ...holds]) if (!needed.has(of)) needed.set(of, name);
  }
  yield;
  let isChanged = false;
  for (const [at, { digest }] of tags.entries()) {
    const by = needed.get(digest);
    const decision = decisions[at];
    if (by === undefined || !decision || decision.keep) continue;
    const { rule, entry } = decision;
    decisions[at] = {
      keep: true,
      reason: 'needed',
      ...(rule === undefined ? {} : { rule }),
      ...(entry === undefined ? {} : { entry }),
      with: by,
    };
    isChanged = true;
  }
  return isChanged;
}
