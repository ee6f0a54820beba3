import { useMemo } from 'react';
import {
  type LaidOut,
  laidOut,
  moved,
  resized,
  type TableLayout,
  tableLayout,
  unsized,
  usualLayout,
} from './table-layout.ts';
import { useRemembered } from './use-remembered.ts';

/** What can be done to a table's columns. */
export interface LayoutChanges {
  readonly layout: TableLayout;
  show(id: string, shown: boolean): void;
  /** To the place of another one. */
  move(id: string, to: string): void;
  resize(id: string, width: number): void;
  /** The usual width again. */
  unsize(id: string): void;
  reset(): void;
}

/** The columns of a table as they were left, remembered under its name; as they are where it has none. */
export function useTableLayout<Column extends LaidOut>(
  tableId: string | undefined,
  columns: readonly Column[],
): { columns: readonly Column[]; changes: LayoutChanges | undefined } {
  const [layout, remember] = useRemembered(`table.${tableId ?? ''}`, tableLayout, usualLayout);
  const changes = useMemo<LayoutChanges | undefined>(
    () =>
      tableId === undefined
        ? undefined
        : {
            layout,
            show: (id, shown) =>
              remember((before) => ({ ...before, shown: { ...before.shown, [id]: shown } })),
            move: (id, to) => remember((before) => moved(columns, before, id, to)),
            resize: (id, width) => remember((before) => resized(before, id, width)),
            unsize: (id) => remember((before) => unsized(before, id)),
            reset: () => remember(() => usualLayout),
          },
    [tableId, layout, remember, columns],
  );
  const shown = useMemo(
    () => (tableId === undefined ? columns : laidOut(columns, layout)),
    [tableId, columns, layout],
  );
  return { columns: shown, changes };
}
