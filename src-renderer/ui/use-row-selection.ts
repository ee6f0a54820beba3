import { useCallback, useMemo, useRef } from 'react';
import { placeOfRow, type RowIdentity } from './row-place.ts';
import { selectBetween, toggled } from './table-selection.ts';

export interface HeadSelection {
  readonly all: boolean;
  readonly some: boolean;
  readonly onToggle: (all: boolean) => void;
}

export interface SelectionOptions {
  readonly selected: ReadonlySet<string> | undefined;
  readonly partly: ReadonlySet<string> | undefined;
  readonly onSelect: ((selected: ReadonlySet<string>) => void) | undefined;
}

interface RowSelection {
  /** What the head's checkbox shows and does; undefined where rows have none. The same object until that changes. */
  readonly head: HeadSelection | undefined;
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
  { selected, partly, onSelect }: SelectionOptions,
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
  const selectAll = useCallback(
    (all: boolean) => onSelect?.(new Set(all ? rows.map(rowId) : [])),
    [onSelect, rows, rowId],
  );
  const selectTo = (from: string, to: string) => {
    const start = rows[placeOfRow(rows, identity, from)];
    if (selected) onSelect?.(selectBetween(selected, rows.map(rowId), start ? rowId(start) : from, to));
  };
  const isAnySelected = (selected?.size ?? 0) + (partly?.size ?? 0) > 0;
  const isSelectable = selected !== undefined;
  const head = useMemo(
    () => (isSelectable ? { all: areAllSelected, some: isAnySelected, onToggle: selectAll } : undefined),
    [isSelectable, areAllSelected, isAnySelected, selectAll],
  );
  return {
    head,
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
    selectAll,
  };
}
