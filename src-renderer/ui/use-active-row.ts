import { type RefObject, useEffect, useMemo, useRef, useState } from 'react';
import { placeOfRow, type RowIdentity } from './row-place.ts';

export interface ActiveRow {
  /** Its place among the rows; -1 where it has gone, or there are none. */
  readonly activeIndex: number;
  readonly goTo: (id: string) => void;
  /** The table has been given the focus. */
  readonly onTableFocus: () => void;
}

/**
 * The row that the keys of a table are at. They begin at the first one, and stay there as others come before it: what was read at the top is
 * not another row when a key is pressed. Nothing is drawn again for that when the table is given the focus.
 *
 * @param onActive see `VirtualTable`
 */
export function useActiveRow<Row>(
  table: RefObject<HTMLElement | null>,
  rows: readonly Row[],
  { rowId, replaces }: RowIdentity<Row>,
  onActive: ((row: Row) => void) | undefined,
): ActiveRow {
  const [chosen, setChosen] = useState<string>();
  const begun = useRef<string>(undefined);
  const activeIndex = useMemo(() => {
    const id = chosen ?? begun.current;
    return id === undefined && rows.length > 0 ? 0 : placeOfRow(rows, { rowId, replaces }, id);
  }, [rows, chosen, rowId, replaces]);

  // Also where the rows come once the table has the focus.
  const [top] = rows;
  useEffect(() => {
    if (top && document.activeElement === table.current) begun.current ??= rowId(top);
  }, [table, top, rowId]);

  const row = chosen === undefined ? undefined : rows[activeIndex];
  useEffect(() => {
    if (row) onActive?.(row);
  }, [row, onActive]);

  const onTableFocus = () => {
    const at = rows[activeIndex];
    if (!at) {
      if (top) setChosen(rowId(top));
    } else if (chosen === undefined) {
      begun.current ??= rowId(at);
      onActive?.(at);
    }
  };
  return { activeIndex, goTo: setChosen, onTableFocus };
}
