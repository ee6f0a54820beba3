/** Rows in one page: a little more than a window shows. */
export const PAGE = 100;

export interface Page<Item> {
  items: Item[];
  /** Rows of the whole list. */
  total: number;
}

/** A row of a list of any length: its place, and what is there once its page was read. */
export interface PagedRow<Item> {
  readonly position: number;
  readonly item: Item | undefined;
}

/** The pages that hold these places, both included, and always the first one: it reports how long the list is. */
export function pagesOf(first: number, last: number): readonly number[] {
  const from = Math.max(1, Math.floor(first / PAGE));
  const to = Math.floor(last / PAGE);
  return [0, ...Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)];
}

/** The pages that hold these places. */
export function pagesAt(positions: readonly number[]): readonly number[] {
  return [...new Set(positions.map((position) => Math.floor(position / PAGE)))].sort((one, two) => one - two);
}

/**
 * All rows of a list of which the pages with these numbers were asked for.
 *
 * @param counted how many there are, where the first page may know of fewer
 */
export function pagedRows<Item>(
  numbers: readonly number[],
  pages: readonly (Page<Item> | undefined)[],
  counted = 0,
): readonly PagedRow<Item>[] {
  const known = new Map(numbers.map((number, index) => [number, pages[index]]));
  return Array.from({ length: Math.max(known.get(0)?.total ?? 0, counted) }, (_, position) => ({
    position,
    item: known.get(Math.floor(position / PAGE))?.items[position % PAGE],
  }));
}
