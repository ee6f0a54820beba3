import type { TagLine } from '../../src-main/common/tag.ts';
import { byCodeUnit } from '../lists/natural-order.ts';
import type { CompareRows } from '../ui/row-order.ts';
import { compareValues, type Sort } from '../ui/sort.ts';
import type { TagRow } from './tag-rows.ts';

export const sortableColumns = ['name', 'size', 'created', 'pushed'] as const;
type SortableColumn = (typeof sortableColumns)[number];
export type TagOrder = Sort<SortableColumn>;

function keyOf({ tags: [first] }: TagRow): string {
  return first?.key ?? '';
}

/** Natural order of the first names. */
function compareNames(a: TagRow, b: TagRow, descending: boolean): number {
  return descending ? byCodeUnit(keyOf(b), keyOf(a)) : byCodeUnit(keyOf(a), keyOf(b));
}

/** By size; rows without details come last in either direction, equal ones in order of names. */
function compareSizes(a: TagRow, b: TagRow, descending: boolean): number {
  return compareValues(a.details?.size, b.details?.size, descending) || compareNames(a, b, descending);
}

/** By an instant; what has none comes last in either direction, equal ones as they are on their image. */
const compareInstants = (of: 'created' | 'pushed') => (a: TagRow, b: TagRow, descending: boolean) =>
  compareValues(instantOf(a, of), instantOf(b, of), descending) ||
  (a.tags[0]?.place ?? 0) - (b.tags[0]?.place ?? 0) ||
  compareNames(a, b, descending);

const instants = {
  created: new WeakMap<TagLine, number | undefined>(),
  pushed: new WeakMap<TagLine, number | undefined>(),
};

/** Milliseconds since 1970, kept: a sort asks for each many times. */
function instantOf({ details }: TagRow, of: keyof typeof instants): number | undefined {
  if (!details) return undefined;
  if (instants[of].has(details)) return instants[of].get(details);
  const time = Date.parse(details[of] ?? '');
  const known = Number.isNaN(time) ? undefined : time;
  instants[of].set(details, known);
  return known;
}

/** Milliseconds since 1970 of when it was pushed, where the product says so, else of when it was created: what its age is counted from. */
export function cameAt(row: TagRow): number | undefined {
  return instantOf(row, 'pushed') ?? instantOf(row, 'created');
}

/** Order of two rows by a column. */
export const comparers: Readonly<Record<SortableColumn, CompareRows<TagRow>>> = {
  name: compareNames,
  size: compareSizes,
  created: compareInstants('created'),
  pushed: compareInstants('pushed'),
};
