import { useMemo, useRef } from 'react';
import { placeOfRow, type RowIdentity } from './row-place.ts';
import { selectBetween, toggled } from './table-selection.ts';

interface RowSelection {
  readonly areAllSelected: boolean;
  /** Takes a row in or out, or takes in all from the one before to it. */
  readonly select: (id: string, range: boolean) => void;
  /** Takes in all from the row that a range began at, else that which the keys were at, to another. */
  readonly extend: (from: string, to: string) => void;
  readonly selectAll: (all: boolean) => void;
}

/** What clicks and keys select among the rows of a table, in their order; nothing without `onSelect`. */
export function useRowSelection<Row>(
  rows: readonly Row[],
  identity: RowIdentity<Row>,
  selected: ReadonlySet<string> | undefined,
  onSelect: ((selected: ReadonlySet<string>) => void) | undefined,
): RowSelection {
  const { rowId } = identity;
  const anchor = useRef<string>(undefined);
  const areAllSelected = useMemo(
    () =>
      rows.length > 0 &&
      selected !== undefined &&
      selected.size >= rows.length &&
      rows.every((row) => selected.has(rowId(row))),
    [rows, selected, rowId],
  );
  const selectTo = (from: string, to: string) => {
    const start = rows[placeOfRow(rows, identity, from)];
    if (selected) onSelect?.(selectBetween(selected, rows.map(rowId), start ? rowId(start) : from, to));
  };
  return {
    areAllSelected,
    select: (id, range) => {
      if (!selected || !onSelect) return;
      if (range && anchor.current !== undefined) return selectTo(anchor.current, id);
      anchor.current = id;
      onSelect(toggled(selected, id));
    },
    extend: (from, to) => {
      if (!selected || !onSelect) return;
      anchor.current ??= from;
      selectTo(anchor.current, to);
    },
    selectAll: (all) => onSelect?.(new Set(all ? rows.map(rowId) : [])),
  };
}
