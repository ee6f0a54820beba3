import { referrersTag } from '../model/attached-tags.ts';
import { isDigest } from '../model/digest.ts';
import type { Policy } from './policy.ts';
import type { CleanupRepository, Decision } from './types.ts';

/** What something may be attached to. */
interface Holder {
  readonly label: string;
  readonly digests: readonly string[];
  readonly decision: Decision;
}

/**
 * Decides tags that are named after a digest: as what is on that digest or contains it, and where both stay and go, as what stays. Where
 * nothing of the repository is, they are stale once the registry was asked.
 *
 * @param attached where these tags are
 * @param decisions of all tags; changed
 */
export function* decideAttached(
  { tags, untagged = [] }: CleanupRepository,
  untaggedDecisions: readonly Decision[],
  policy: Policy,
  attached: ReadonlySet<number>,
  decisions: Decision[],
): Generator<void, void, void> {
  if (attached.size === 0) return;
  const open = new Map<string, number[]>();
  for (const at of attached) {
    if (decisions[at]?.reason === 'needed') continue;
    const [subject = ''] = tags[at]?.name.split('.') ?? [];
    open.set(subject, [...(open.get(subject) ?? []), at]);
  }
  for (const keeps of [true, false]) {
    const holders: Holder[] = [];
    const add = (label: string, digest: string, holds: readonly string[] = [], decision?: Decision): void => {
      if (decision?.keep === keeps) holders.push({ label, digests: [digest, ...holds], decision });
    };
    for (const [at, { name, digest, holds }] of tags.entries())
      if (!attached.has(at) || decisions[at]?.reason === 'needed') add(name, digest, holds, decisions[at]);
    for (const [at, { digest, holds }] of untagged.entries())
      add(digest, digest, holds, untaggedDecisions[at]);
    // What is attached may have something attached in turn.
    for (let next = 0; next < holders.length; next++) {
      const holder = holders[next];
      if (next % SLICE === 0) yield;
      for (const name of new Set(holder?.digests.filter(isDigest).map(referrersTag))) {
        for (const at of open.get(name) ?? []) {
          const tag = tags[at];
          if (!tag || !holder) continue;
          decisions[at] = { ...holder.decision, reason: 'attached', with: holder.label };
          add(tag.name, tag.digest, tag.holds, decisions[at]);
        }
        open.delete(name);
      }
    }
  }
  for (const at of [...open.values()].flat()) {
    const tag = tags[at];
    if (tag) decisions[at] = policy.goesStale(tag);
  }
}

/** Holders that are looked at in one slice. */
const SLICE = 64;
