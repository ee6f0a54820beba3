import { type MouseEvent, memo, useState } from 'react';
import { CheckBox } from './check-box.tsx';
import { RowFocus } from './row-focus.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

export type RowClick<Row> = (
  row: Row,
  part: 'row' | 'check',
  keys: { shift: boolean; toggle: boolean },
) => void;

interface TableRowProps<Row> {
  id: string;
  row: Row;
  /** Name of its checkbox. */
  checkLabel: string;
  index: number;
  top: number;
  height: number;
  template: string;
  columns: readonly VirtualColumn<Row>[];
  /** Pixels of each column. */
  widths: readonly number[];
  checkable: boolean;
  /** No more than its first column, for now. */
  brief: boolean;
  /** There is nothing to select: it has no checkbox. */
  fixed: boolean;
  selected: boolean | 'mixed';
  active: boolean;
  picked: boolean;
  /** In a tree. */
  level: number | undefined;
  expanded: boolean | undefined;
  opens: boolean;
  onClick: RowClick<Row>;
}

function keysOf(event: MouseEvent): { shift: boolean; toggle: boolean } {
  return { shift: event.shiftKey, toggle: event.ctrlKey || event.metaKey };
}

function Row<Data>(props: TableRowProps<Data>) {
  const {
    id,
    row,
    checkLabel,
    index,
    top,
    height,
    template,
    columns,
    widths,
    checkable,
    brief,
    fixed,
    selected,
    active,
    picked,
    level,
    expanded,
    opens,
    onClick,
  } = props;
  /** The column that the pointer was at last, if its text is cut off there: it has the whole as a tooltip. */
  const [cut, setCut] = useState<string>();
  return (
    <RowFocus value={active}>
      {/* biome-ignore-start lint/a11y/useSemanticElements: see virtual-table.tsx */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus */}
      {/* biome-ignore-start lint/a11y/useKeyWithClickEvents: the grid has the keys */}
      <div
        id={id}
        role="row"
        aria-rowindex={index + 2}
        aria-selected={checkable ? selected === true : undefined}
        aria-current={picked || undefined}
        aria-level={level}
        aria-expanded={expanded}
        className={`${classes.line} ${classes.row}`}
        style={{ gridTemplateColumns: template, height, transform: `translateY(${top}px)` }}
        data-active={active || undefined}
        data-opens={opens || undefined}
        onMouseDown={(event) => {
          // Shift-click selects rows, not text.
          if (checkable && event.shiftKey) event.preventDefault();
        }}
        onClick={(event) => {
          // A link, a button or a menu of a cell answers for itself.
          if ((event.target as Element).closest('a, button, input, [role="menu"]')) return;
          // Nor is it a click when text was marked.
          if (window.getSelection()?.toString()) return;
          onClick(row, 'row', keysOf(event));
        }}
      >
        {checkable && (
          <div
            role="gridcell"
            className={classes.check}
            onClick={(event) => {
              event.stopPropagation();
              onClick(row, 'check', keysOf(event));
            }}
          >
            {!fixed && <CheckBox label={checkLabel} checked={selected} tabIndex={active ? 0 : -1} />}
          </div>
        )}
        {(brief ? columns.slice(0, 1) : columns).map((column, position) => (
          <div
            key={column.id}
            role="gridcell"
            className={classes.cell}
            data-align={column.align}
            title={column.id === cut ? column.text?.(row) : undefined}
            onMouseEnter={
              column.text &&
              (({ currentTarget: { scrollWidth, clientWidth } }) =>
                setCut(scrollWidth > clientWidth ? column.id : undefined))
            }
          >
            {column.cell(row, widths[position] ?? column.width, brief)}
          </div>
        ))}
      </div>
      {/* biome-ignore-end lint/a11y/useKeyWithClickEvents: the grid has the keys */}
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: the grid holds the focus */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: see virtual-table.tsx */}
    </RowFocus>
  );
}

/** Drawn again only when something of it changed: scrolling moves rows without drawing them. */
export const TableRow = memo(Row) as typeof Row;
