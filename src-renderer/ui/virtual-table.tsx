import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { aroundName } from './around-name.ts';
import { EmptyRow } from './empty-row.tsx';
import { pressGridKey } from './grid-keys.ts';
import { type RowCommands, useRowMenu } from './row-commands.tsx';
import { useRowHeight } from './row-height.ts';
import { RowOrder } from './row-order.ts';
import { scrollTopFor } from './row-scroll.ts';
import { RowSlots } from './row-slots.ts';
import { SkeletonRows } from './skeleton-rows.tsx';
import type { Sort } from './sort.ts';
import { TableHead } from './table-head.tsx';
import { COLUMN_GAP, columnWidths } from './table-layout.ts';
import { type RowClick, TableRow } from './table-row.tsx';
import type { TreeOf } from './tree-of.ts';
import { useActiveRow } from './use-active-row.ts';
import { useBriefRows } from './use-brief-rows.ts';
import { type ColumnNeeds, useColumnNeeds } from './use-column-needs.ts';
import { useRowSelection } from './use-row-selection.ts';
import { useSame } from './use-same.ts';
import { useScrollPlaces } from './use-scroll-places.ts';
import { useTableLayout } from './use-table-layout.ts';
import { useTableSize } from './use-table-size.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

export type VirtualTableProps<Row> = TableProps<Row> & RowMenuProps<Row>;

/** Every table has a menu for its rows: one of commands, or one of its own. */
type RowMenuProps<Row> =
  | { commands: RowCommands<Row>; onContext?: never }
  /** A right click on a row, or the key that stands for it: where its menu opens. */
  | { commands?: never; onContext: (row: Row, point: ContextPoint) => void };

interface TableProps<Row> {
  /** Name of the table for screen readers. */
  label: string;
  /** In the order they arrived; keep the same array while nothing changed. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** See `RowIdentity`: the keys stay where they are when their row merges with others. */
  replaces?: (row: Row, goneId: string) => boolean;
  /** What a row is called, for its checkbox. */
  rowName: (row: Row) => string;
  /** Keep the same array from render to render. */
  columns: readonly VirtualColumn<Row>[];
  sort?: Sort | undefined;
  onSort?: (sort: Sort | undefined) => void;
  /** Ids of the selected rows; rows have checkboxes where this is given. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** Ids of rows of which a part is selected. */
  partly?: ReadonlySet<string>;
  /** Rows that have no checkbox: there is nothing to select. */
  isFixed?: (row: Row) => boolean;
  /** Id of the row whose details are shown beside the table. */
  picked?: string;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** Name under which its columns are remembered: they can be chosen, resized and moved where it is given. */
  tableId?: string;
  /** What its rows are picked by: when it changes, they are shown from the first one on. */
  filter?: string;
  /** Rows in view (and a little beyond) whenever they change, to load their details; and the place of the first of them. */
  onVisible?: (rows: readonly Row[], from: number) => void;
  /** The rows are a tree, in order: each is followed by what is in it, where that is shown. They are not sorted here. */
  tree?: TreeOf<Row>;
  /** Id of a row to go to, in an object of its own each time; it is gone to once it is among the rows. */
  reveal?: { readonly id: string } | undefined;
  /** The row that the keys are at. */
  onActive?: (row: Row) => void;
  /** More rows are on their way; grey bars stand for them until the first is there. */
  busy?: boolean;
  /** Shown in the body when there is no row. */
  empty?: ReactNode;
  /** For rows of more than one line; else that of the settings. */
  rowHeight?: number;
  /** For long lists: rows that scroll into view are drawn in the elements of those that left it. No cell may have a state of its own. */
  reuse?: boolean;
}

/** Where a menu opens, in the window, and what has the focus again when it closes. */
export interface ContextPoint {
  x: number;
  y: number;
  from: HTMLElement;
}

const HEAD_HEIGHT = 31;
/** Rows drawn beyond the view on each side: enough for a fast wheel, few enough for a frame. */
const OVERSCAN = 3;
const CHECK_WIDTH = 16;
const NO_IDS: readonly string[] = [];

/**
 * A table of any length: only the rows in view are drawn, and nothing is made for the others: with 50,000 rows an object for
 * each, at each key of a filter, is what holds up the page. The grid is one stop of the Tab key; arrows, Home, End and the page
 * keys move, Space selects (Shift: a range), Ctrl/Cmd+A selects all, Enter opens.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, rows, rowId, replaces, rowName, sort, onSort } = props;
  const { selected, onSelect, partly, isFixed, onOpen, onVisible } = props;
  const { busy = false, empty, picked, tree, reveal, onActive, onContext, reuse = false } = props;
  const menu = useRowMenu(props.commands, rowName);
  const usualHeight = useRowHeight();
  const { rowHeight = usualHeight } = props;
  const { columns, changes } = useTableLayout(props.tableId, props.columns);
  const { t } = useTranslation();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);

  const descending = sort?.descending ?? false;
  const order = useRef(new RowOrder<Row>());
  const compare = tree ? undefined : props.columns.find(({ id }) => id === sort?.column)?.compare;
  const sorted = useMemo(() => order.current.sort(rows, compare, descending), [rows, compare, descending]);

  // No key for each row and the same function always: otherwise the virtualizer measures every row again when one changes.
  const estimateSize = useCallback(() => rowHeight, [rowHeight]);
  const { width, inset, height } = useTableSize(scroller, props.tableId);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: OVERSCAN,
    // After the picture and not within it, which both would make too long; a slow wheel has the rows beyond the view meanwhile.
    useFlushSync: false,
    // Rows are there when the table is, where its size is known.
    initialRect: { width, height },
    scrollMargin: HEAD_HEIGHT,
  });
  const scrollTo = useCallback(
    (index: number, align: 'nearest' | 'middle') => {
      const scrollTop = virtualizer.scrollOffset ?? 0;
      const table = { rowHeight, headHeight: HEAD_HEIGHT, height, scrollTop };
      if (scroller.current) scroller.current.scrollTop = scrollTopFor(index, table, align);
    },
    [virtualizer, rowHeight, height],
  );
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    if (!onVisible || last < first) return;
    onVisible(sorted.slice(first, last + 1), first);
  }, [onVisible, sorted, first, last]);

  const { activeIndex, goTo, onTableFocus } = useActiveRow(scroller, sorted, { rowId, replaces }, onActive);

  const { select, extend, selectAll, head } = useRowSelection(
    sorted,
    { rowId, replaces },
    { selected, partly, onSelect },
  );

  const click = useRef<RowClick<Row>>(() => {});
  click.current = (row, part, { shift, toggle }) => {
    const id = rowId(row);
    goTo(id);
    if (part === 'check') select(id, shift);
    else if (selected && (shift || toggle)) select(id, shift);
    else onOpen?.(row);
  };
  const onRowClick = useCallback<RowClick<Row>>((...args) => click.current(...args), []);

  const move = (to: number, isRange: boolean) => {
    const index = Math.max(0, Math.min(sorted.length - 1, to));
    const row = sorted[index];
    if (!row) return;
    const id = rowId(row);
    const from = sorted[activeIndex];
    if (isRange) extend(from ? rowId(from) : id, id);
    goTo(id);
    scrollTo(index, 'nearest');
  };

  useScrollPlaces(scroller, {
    shownBy: `${sort?.column} ${descending} ${props.filter ?? ''}`,
    // Where the middle is is known once the table was measured.
    reveal: height > 0 ? reveal : undefined,
    indexOf: useCallback((id) => sorted.findIndex((row) => rowId(row) === id), [sorted, rowId]),
    onReveal: useCallback(
      (id, index) => {
        goTo(id);
        scrollTo(index, 'middle');
      },
      [goTo, scrollTo],
    ),
  });

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Buttons and links inside keep their own keys.
    if (event.target !== event.currentTarget) return;
    const isTaken = pressGridKey<Row>(event, {
      rows: sorted,
      activeIndex,
      page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1),
      tree,
      move,
      onAll: selected && onSelect && (() => selectAll(true)),
      onNone: head?.some ? () => selectAll(false) : undefined,
      onSelect: selected && ((row, range) => select(rowId(row), range)),
      onOpen,
    });
    if (isTaken) event.preventDefault();
  };

  const rowOf = (line: Element | null): Row | undefined =>
    sorted[Number(line?.getAttribute('aria-rowindex')) - 2];

  const openContext = (event: MouseEvent<HTMLDivElement>) => {
    const target = event.target as Element;
    // Text that was marked is for the clipboard.
    if (window.getSelection()?.toString()) return;
    const line = target.closest('[role="row"]') ?? document.getElementById(`${gridId}-${activeIndex}`);
    const row = rowOf(line);
    if (!line || !row) return;
    const byKey = target === event.currentTarget;
    const { left, bottom } = line.getBoundingClientRect();
    const [x, y] = byKey ? [left + inset, bottom] : [event.clientX, event.clientY];
    onContext?.(row, { x, y, from: event.currentTarget });
    if (menu.open && !menu.open(row, { x, y })) return;
    event.preventDefault();
    goTo(rowId(row));
  };

  const room = width - (selected ? CHECK_WIDTH + COLUMN_GAP : 0);
  const shownIds = items.flatMap(({ index }) => sorted[index] ?? []).map(rowId);
  const brief = useBriefRows(reuse ? shownIds : NO_IDS, virtualizer.isScrolling);
  const widthsOf = (needs: ColumnNeeds) => columnWidths(columns, room, needs);
  const drawn = [sorted, first, last, width, brief.size];
  const needs = useColumnNeeds(scroller, columns, drawn, brief.size === 0, widthsOf);
  const widths = useSame(widthsOf(needs));
  const template = [...(selected ? [CHECK_WIDTH] : []), ...widths].map((width) => `${width}px`).join(' ');
  const leastWidth =
    widths.reduce((sum, width) => sum + width + COLUMN_GAP, 2 * inset - COLUMN_GAP) +
    (selected ? CHECK_WIDTH + COLUMN_GAP : 0);
  const [slots] = useState(() => (reuse ? new RowSlots() : undefined));
  const slotOf = slots?.take(shownIds);
  const checkLabel = useMemo(() => aroundName(t, 'common.selectRow'), [t]);
  const layout = useMemo(() => changes && { all: props.columns, changes }, [changes, props.columns]);
  const activeShown = activeIndex >= first && activeIndex <= last;

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: rows are placed by transform, which table elements do not allow */}
      <div
        ref={scroller}
        className={classes.scroll}
        role="grid"
        {...(tree && { role: 'treegrid' })}
        tabIndex={0}
        aria-label={label}
        aria-rowcount={sorted.length + 1}
        aria-colcount={columns.length + (selected ? 1 : 0)}
        aria-multiselectable={selected !== undefined}
        aria-busy={busy}
        aria-activedescendant={activeShown ? `${gridId}-${activeIndex}` : undefined}
        onKeyDown={onKeyDown}
        onContextMenu={openContext}
        onBlur={() => slots?.hold(undefined)}
        onFocus={(event) => {
          const row = rowOf(event.target.closest('[role="row"]'));
          slots?.hold(row && rowId(row));
          if (event.target === event.currentTarget) onTableFocus();
        }}
      >
        <div style={{ minWidth: leastWidth }}>
          <TableHead
            columns={columns}
            widths={widths}
            template={template}
            layout={layout}
            sort={sort}
            onSort={onSort}
            selection={head}
          />
          {sorted.length === 0 ? (
            <EmptyRow columns={columns.length + (selected ? 1 : 0)}>
              {empty ||
                (busy && (
                  <SkeletonRows
                    columns={columns}
                    template={template}
                    checkable={selected !== undefined}
                    height={props.rowHeight}
                  />
                ))}
            </EmptyRow>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: rows are placed by transform, which table elements do not allow
            <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
              {items.map((item) => {
                const row = sorted[item.index];
                if (!row) return null;
                const id = rowId(row);
                return (
                  <TableRow
                    key={slotOf?.get(id) ?? id}
                    id={`${gridId}-${item.index}`}
                    row={row}
                    checkLabel={selected ? checkLabel(rowName(row)) : ''}
                    index={item.index}
                    top={item.start - HEAD_HEIGHT}
                    height={rowHeight}
                    template={template}
                    columns={columns}
                    widths={widths}
                    checkable={selected !== undefined}
                    brief={brief.has(id)}
                    fixed={isFixed?.(row) ?? false}
                    selected={partly?.has(id) ? 'mixed' : (selected?.has(id) ?? false)}
                    active={item.index === activeIndex}
                    picked={id === picked}
                    level={tree?.level(row)}
                    expanded={tree?.expanded(row)}
                    opens={onOpen !== undefined}
                    onClick={onRowClick}
                  />
                );
              })}
            </div>
          )}
        </div>
      </div>
      {menu.menu}
    </>
  );
}
