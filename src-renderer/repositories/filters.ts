import type { ManifestKind } from '../../src-main/common/image.ts';
import type { SizedRow } from './sized-rows.ts';

const DAY_MS = 86_400_000;
/** Days after which a repository counts as one that nothing comes into any more. */
const OLD_DAYS = 90;

/** Names of filters that rows can be narrowed by, in the order of their chips. */
export const REPOSITORY_FILTERS = ['images', 'helm', 'artifacts', 'old', 'empty', 'unknown'] as const;
export type RepositoryFilter = (typeof REPOSITORY_FILTERS)[number];

const IMAGES: ReadonlySet<ManifestKind> = new Set(['image', 'index', 'schema1']);
const HELM: ReadonlySet<ManifestKind> = new Set(['helmChart']);
const ARTIFACTS: ReadonlySet<ManifestKind> = new Set(['artifact', 'attestation', 'buildCache']);

const holds = (row: SizedRow, kinds: ReadonlySet<ManifestKind>) =>
  row.storage?.kinds.some((kind) => kinds.has(kind)) ?? false;

type Test = (row: SizedRow, now: number) => boolean;

/** Filters of what repositories hold: a row passes that fits one of them. */
const KINDS: Readonly<Partial<Record<RepositoryFilter, Test>>> = {
  images: (row) => holds(row, IMAGES),
  helm: (row) => holds(row, HELM),
  artifacts: (row) => holds(row, ARTIFACTS),
};
/** Filters of how they are: a row has to fit each of them. */
const STATES: Readonly<Partial<Record<RepositoryFilter, Test>>> = {
  old: ({ newest }, now) => newest !== undefined && newest < now - OLD_DAYS * DAY_MS,
  empty: ({ storage }) => storage?.complete === true && storage.tags === 0,
  unknown: ({ storage, unusable }) => !unusable && !storage?.complete,
};

/** Whether a row passes the filters, of which there is one at least. @param now Unix milliseconds */
export function passes(filters: readonly RepositoryFilter[], now: number): (row: SizedRow) => boolean {
  const kinds = filters.flatMap((filter) => KINDS[filter] ?? []);
  const states = filters.flatMap((filter) => STATES[filter] ?? []);
  return (row) =>
    (kinds.length === 0 || kinds.some((test) => test(row, now))) && states.every((test) => test(row, now));
}

/** How many rows fit each filter. */
export type FilterCounts = Record<RepositoryFilter, number>;

export const noCounts = (): FilterCounts => ({
  images: 0,
  helm: 0,
  artifacts: 0,
  old: 0,
  empty: 0,
  unknown: 0,
});

const TESTS = Object.entries({ ...KINDS, ...STATES }) as readonly [RepositoryFilter, Test][];

/** Counts one more row. */
export function tally(counts: FilterCounts, row: SizedRow, now: number): void {
  for (const [filter, test] of TESTS) if (test(row, now)) counts[filter]++;
}
