import { globTest } from './glob.ts';

/** What choosing by a rule needs of a tag. */
export interface Choosable {
  readonly name: string;
  /** Both absent while its details are not known. */
  readonly digest?: string | undefined;
  /** When it was pushed or, where that is not known, created. */
  readonly came?: string | undefined;
}

/** All that is given must hold. */
export interface ChoosingRule {
  /** See {@link globTest}. */
  readonly pattern: string;
  /** Days since it came, at least. */
  readonly olderThan?: number | undefined;
  /** Its image has no other tag in the repository. */
  readonly alone: boolean;
}

export interface Chosen {
  readonly names: readonly string[];
  /** Tags for which the rule could not be checked, since nothing, or no date, is known of them: they are not chosen. */
  readonly unknown: number;
}

const DAY_MS = 86_400_000;

/**
 * The tags that a rule chooses.
 *
 * @param rows those that may be chosen
 * @param all of the repository: an image may have a tag that is not among `rows`
 */
export function chooseBy(
  rows: readonly Choosable[],
  all: readonly Choosable[],
  { pattern, olderThan, alone }: ChoosingRule,
  now: number,
): Chosen {
  const isNamed = globTest(pattern);
  const tagsOn = alone ? countByDigest(all) : undefined;
  const names: string[] = [];
  let unknown = 0;
  for (const { name, digest, came } of rows) {
    if (isNamed && !isNamed(name)) continue;
    if (tagsOn && digest !== undefined && tagsOn.get(digest) !== 1) continue;
    const age = olderThan === undefined ? undefined : (now - Date.parse(came ?? '')) / DAY_MS;
    if (age !== undefined && olderThan !== undefined && age < olderThan) continue;
    // A tag that nothing is known of may be on the same image as any other.
    const isKnown = (!tagsOn || digest !== undefined) && !Number.isNaN(age);
    if (isKnown) names.push(name);
    else unknown += 1;
  }
  return { names, unknown };
}

function countByDigest(rows: readonly Choosable[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { digest } of rows) if (digest !== undefined) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  return counts;
}

/** What is shown and not chosen becomes chosen, and the other way round; what is not shown stays as it is. */
export function inverted(selected: ReadonlySet<string>, shown: Iterable<string>): ReadonlySet<string> {
  const next = new Set(selected);
  for (const name of shown) if (!next.delete(name)) next.add(name);
  return next;
}
