import type { CleanupDate, CleanupFact } from '../vocabulary/cleanup.ts';
import type { Entry } from './compile.ts';
import type { CleanupContext, Dated } from './types.ts';

/** Whether a condition is met, or for the lack of which fact that is not known. */
export type Verdict = boolean | CleanupFact;

/**
 * No image is from before containers: 1970 or 1980 is what builders write to get the same digest each time, and would make what was
 * built today the oldest of all.
 */
const FIRST_IMAGE = Date.UTC(2013, 0);

/** Unix milliseconds; undefined where it is not known. */
export function dateOf(of: Dated, by: CleanupDate): number | undefined {
  const text = by === 'pulled' && of.pulled === null ? (of.pushed ?? of.created) : of[by];
  const at = typeof text === 'string' ? Date.parse(text) : Number.NaN;
  return at >= FIRST_IMAGE ? at : undefined;
}

export function isOfAge(of: Dated, entry: Entry, now: number): Verdict {
  const { olderThan, youngerThan, by } = entry;
  if (olderThan === undefined && youngerThan === undefined) return true;
  const at = dateOf(of, by);
  if (at === undefined) return by;
  const age = now - at;
  return (olderThan === undefined || age >= olderThan) && (youngerThan === undefined || age < youngerThan);
}

/** Whether any source says that it runs: by its digest, by one that it holds, or by one of its names (`repository:tag`). */
export function isInUse(
  of: { readonly digest: string; readonly holds?: readonly string[] },
  name: string | undefined,
  sources: readonly string[],
  { inUse }: CleanupContext,
): Verdict {
  let missing: CleanupFact | undefined;
  for (const source of sources) {
    const used = inUse.get(source);
    if (!used) {
      missing = 'inUse';
      continue;
    }
    const { digests, names } = used;
    if (digests.has(of.digest) || (name !== undefined && names.has(name))) return true;
    if (of.holds?.some((digest) => digests.has(digest))) return true;
    if (!of.holds && digests.size > 0) missing ??= 'contents';
  }
  return missing ?? false;
}

/** Of conditions that all have to be met: one that is not settles it, whatever is not known of the others. */
export function every(...verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes(false)) return false;
  return verdicts.find((verdict) => verdict !== true) ?? true;
}
