import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { compareValues, type Sort } from '../ui/sort.ts';
import { compareRepositories } from './rows.ts';
import { type SizedRow, sizeOf } from './sized-rows.ts';

export const sortableColumns = ['name', 'tags', 'images', 'size', 'newest', 'newestTag'] as const;
export type SortableColumn = (typeof sortableColumns)[number];

type Compare = (a: SizedRow, b: SizedRow, descending: boolean) => number;

const byValue =
  (read: (row: SizedRow) => number | string | undefined): Compare =>
  (a, b, descending) =>
    compareValues(read(a), read(b), descending) || compareRepositories(a, b, false);

/** Order of two rows by a column; of those with one value by name. */
export const comparers: Readonly<Record<SortableColumn, Compare>> = {
  name: compareRepositories,
  tags: byValue(({ storage }) => storage?.tags),
  images: byValue(({ storage }) => storage?.images),
  size: byValue(sizeOf),
  newest: byValue(({ newest }) => newest),
  newestTag: byValue(({ storage }) => storage?.newestTag),
};

/** What a namespace sums up to, as far as it is known. */
export interface Sums {
  readonly namespace: string;
  readonly tags: number | undefined;
  /** Of each of its repositories: one that several of them hold counts in each. */
  readonly images: number | undefined;
  /** Bytes of its repositories, each digest once where that is known. */
  readonly size: number | undefined;
  readonly newest: number | undefined;
}

/** Order of namespaces beside each other, and of a namespace and a repository: by what they hold together where that is a number, else by name, namespaces first. */
export function compareInTree(a: SizedRow | Sums, b: SizedRow | Sums, { column, descending }: Sort): number {
  const isNumber = column === 'tags' || column === 'images' || column === 'size' || column === 'newest';
  const [isGroupA, isGroupB] = ['namespace' in a, 'namespace' in b];
  if (!isNumber && isGroupA !== isGroupB) return isGroupA ? -1 : 1;
  const order = isNumber ? compareValues(amountOf(a, column), amountOf(b, column), descending) : 0;
  const isBackwards = column === 'name' && descending;
  return order || (isBackwards ? -1 : 1) * byCodeUnit(keyOf(a), keyOf(b));
}

function amountOf(one: SizedRow | Sums, column: 'tags' | 'images' | 'size' | 'newest'): number | undefined {
  if ('namespace' in one) return one[column];
  if (column === 'tags' || column === 'images') return one.storage?.[column];
  return column === 'size' ? sizeOf(one) : one.newest;
}

function keyOf(one: SizedRow | Sums): string {
  return 'namespace' in one ? naturalKey(one.namespace) : one.key;
}
