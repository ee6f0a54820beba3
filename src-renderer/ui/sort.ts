/** How a table is sorted. */
export interface Sort {
  column: string;
  descending: boolean;
}

/** Reads a sort order from the URL: `size` or, descending, `-size`. Unknown columns give none. */
export function parseSort(text: string | undefined, columns: readonly string[]): Sort | undefined {
  if (text === undefined) return;
  const descending = text.startsWith('-');
  const column = descending ? text.slice(1) : text;
  return columns.includes(column) ? { column, descending } : undefined;
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
