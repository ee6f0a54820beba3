/** A table that is scrolled; all in pixels. Its rows are of one height. */
export interface ScrolledTable {
  readonly rowHeight: number;
  /** Of the head, which stays above the rows. */
  readonly headHeight: number;
  /** Of the table, its head included. */
  readonly height: number;
  readonly scrollTop: number;
}

/**
 * Where a table is scrolled to so that a row is seen: no further than it must be, or with the row in the middle. Worked out without asking
 * the page how large anything is: that has it laid out anew at each key that is held down.
 */
export function scrollTopFor(index: number, table: ScrolledTable, align: 'nearest' | 'middle'): number {
  const { rowHeight, headHeight, height, scrollTop } = table;
  const room = height - headHeight;
  const top = index * rowHeight;
  if (align === 'middle') return Math.max(0, top + (rowHeight - room) / 2);
  return Math.min(top, Math.max(scrollTop, top + rowHeight - room));
}
