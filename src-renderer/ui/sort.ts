/** How a table is sorted. */
export interface Sort<Column extends string = string> {
  column: Column;
  descending: boolean;
}

/** Reads a sort order from the URL: `size` or, descending, `-size`. Unknown columns give none. */
export function parseSort<Column extends string>(
  text: string | undefined,
  columns: readonly Column[],
): Sort<Column> | undefined {
  if (text === undefined) return;
  const descending = text.startsWith('-');
  const name = descending ? text.slice(1) : text;
  const column = columns.find((each) => each === name);
  return column && { column, descending };
}

/** The other way: for the URL. */
export function formatSort(sort: Sort | undefined): string | undefined {
  return sort && `${sort.descending ? '-' : ''}${sort.column}`;
}

/** Ascending order of numbers, instants or texts; what is missing comes last in either direction. */
export function compareValues(
  a: number | string | undefined,
  b: number | string | undefined,
  descending = false,
): number {
  if (a === undefined || b === undefined) return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0);
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : names.compare(String(a), String(b));
  return descending ? -order : order;
}

/** Names as people sort them: `v9` before `v10`. One collator: making one for each comparison is what costs. */
const names = new Intl.Collator('en', { numeric: true, sensitivity: 'variant' });
