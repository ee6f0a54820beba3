import { useVirtualizer } from '@tanstack/react-virtual';
import {
  type KeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyRow } from './empty-row.tsx';
import { RowOrder } from './row-order.ts';
import type { Sort } from './sort.ts';
import { TableHead } from './table-head.tsx';
import { type RowClick, TableRow } from './table-row.tsx';
import { selectBetween, toggled } from './table-selection.ts';
import type { TreeOf } from './tree-of.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

export interface VirtualTableProps<Row> {
  /** Name of the table for screen readers. */
  label: string;
  /** In the order they arrived; keep the same array while nothing changed. */
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** What a row is called, for its checkbox. */
  rowName: (row: Row) => string;
  /** Keep the same array from render to render. */
  columns: readonly VirtualColumn<Row>[];
  sort?: Sort | undefined;
  onSort?: (sort: Sort | undefined) => void;
  /** Ids of the selected rows; rows have checkboxes where this is given. */
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** Id of the row whose details are shown beside the table. */
  picked?: string;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** Rows in view (and a little beyond) whenever they change, to load their details. */
  onVisible?: (rows: readonly Row[]) => void;
  /** The rows are a tree, in order: each is followed by what is in it, where that is shown. They are not sorted here. */
  tree?: TreeOf<Row>;
  /** Id of a row to go to, in an object of its own each time; it is gone to once it is among the rows. */
  reveal?: { readonly id: string } | undefined;
  /** The row that the keys are at. */
  onActive?: (row: Row) => void;
  /** More rows are on their way. */
  busy?: boolean;
  /** Shown in the body when there is no row. */
  empty?: ReactNode;
  rowHeight?: number;
}

const HEAD_HEIGHT = 33;
const ROW_HEIGHT = 36;
/** Rows drawn beyond the view on each side: enough for a fast wheel, few enough for a frame. */
const OVERSCAN = 5;
const CHECK_WIDTH = 16;

/**
 * A table of any length: only the rows in view are drawn, and nothing is made for the others: with 50,000 rows an object for
 * each, at each key of a filter, is what holds up the page. The grid is one stop of the Tab key; arrows, Home, End and the page
 * keys move, Space selects (Shift: a range), Ctrl/Cmd+A selects all, Enter opens.
 */
export function VirtualTable<Row extends object>(props: VirtualTableProps<Row>) {
  const { label, rows, rowId, rowName, columns, sort, onSort, selected, onSelect, onOpen, onVisible } = props;
  const { busy = false, empty, rowHeight = ROW_HEIGHT, picked, tree, reveal, onActive } = props;
  const { t } = useTranslation();
  const gridId = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<string | undefined>(undefined);
  const [activeId, setActiveId] = useState<string | undefined>();

  const descending = sort?.descending ?? false;
  const order = useRef(new RowOrder<Row>());
  const compare = tree ? undefined : columns.find(({ id }) => id === sort?.column)?.compare;
  const sorted = useMemo(() => order.current.sort(rows, compare, descending), [rows, compare, descending]);

  // No key for each row and the same function always: otherwise the virtualizer measures every row again when one changes.
  const estimateSize = useCallback(() => rowHeight, [rowHeight]);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    overscan: OVERSCAN,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? -1;

  useEffect(() => {
    if (!onVisible || last < first) return;
    onVisible(sorted.slice(first, last + 1));
  }, [onVisible, sorted, first, last]);

  const activeIndex = useMemo(
    () => (activeId === undefined ? -1 : sorted.findIndex((row) => rowId(row) === activeId)),
    [sorted, activeId, rowId],
  );

  const select = useCallback(
    (id: string, range: boolean) => {
      if (!selected || !onSelect) return;
      if (range && anchor.current !== undefined) {
        onSelect(selectBetween(selected, sorted.map(rowId), anchor.current, id));
      } else {
        anchor.current = id;
        onSelect(toggled(selected, id));
      }
    },
    [selected, onSelect, sorted, rowId],
  );

  const click = useRef<RowClick<Row>>(() => {});
  click.current = (row, part, { shift, toggle }) => {
    const id = rowId(row);
    setActiveId(id);
    if (part === 'check') select(id, shift);
    else if (selected && (shift || toggle)) select(id, shift);
    else onOpen?.(row);
  };
  const onRowClick = useCallback<RowClick<Row>>((...args) => click.current(...args), []);

  const move = (to: number, extend: boolean) => {
    const index = Math.max(0, Math.min(sorted.length - 1, to));
    const row = sorted[index];
    if (!row) return;
    const id = rowId(row);
    if (extend && selected && onSelect) {
      anchor.current ??= activeId ?? id;
      onSelect(selectBetween(selected, sorted.map(rowId), anchor.current, id));
    }
    setActiveId(id);
    virtualizer.scrollToIndex(index, { align: 'auto' });
  };

  /** Opens what is closed, and goes to the first in what is open. */
  const toward = (row: Row, { expanded, onToggle }: TreeOf<Row>) => {
    const isOpen = expanded(row);
    if (isOpen === false) onToggle(row);
    else if (isOpen) move(activeIndex + 1, false);
  };
  /** Closes what is open, and goes from all else to what it is in. */
  const away = (row: Row, { expanded, level, onToggle }: TreeOf<Row>) => {
    if (expanded(row)) return onToggle(row);
    const parent = sorted.slice(0, activeIndex).findLastIndex((each) => level(each) < level(row));
    if (parent >= 0) move(parent, false);
  };

  const revealed = useRef<object>(undefined);
  useEffect(() => {
    const index =
      reveal && reveal !== revealed.current ? sorted.findIndex((row) => rowId(row) === reveal.id) : -1;
    if (index < 0) return;
    revealed.current = reveal;
    setActiveId(reveal?.id);
    virtualizer.scrollToIndex(index, { align: 'center' });
  }, [reveal, sorted, rowId, virtualizer]);

  const active = sorted[activeIndex];
  useEffect(() => {
    if (active) onActive?.(active);
  }, [active, onActive]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    // Buttons and links inside keep their own keys.
    if (event.target !== event.currentTarget) return;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1);
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key.toLowerCase() === 'a' && selected && onSelect) {
      onSelect(new Set(sorted.map(rowId)));
    } else if (command || event.altKey) return;
    else if (event.key === 'ArrowDown') move(activeIndex + 1, event.shiftKey);
    else if (event.key === 'ArrowUp') move(activeIndex < 0 ? 0 : activeIndex - 1, event.shiftKey);
    else if (event.key === 'PageDown') move(activeIndex + page, event.shiftKey);
    else if (event.key === 'PageUp') move(activeIndex - page, event.shiftKey);
    else if (event.key === 'ArrowRight' && tree && active) toward(active, tree);
    else if (event.key === 'ArrowLeft' && tree && active) away(active, tree);
    else if (event.key === 'Home') move(0, event.shiftKey);
    else if (event.key === 'End') move(sorted.length - 1, event.shiftKey);
    else if (event.key === ' ' && active && selected) select(rowId(active), event.shiftKey);
    else if (event.key === 'Enter' && active && onOpen) onOpen(active);
    else if (event.key === 'Escape' && selected && selected.size > 0) onSelect?.(new Set());
    else return;
    event.preventDefault();
  };

  const allSelected = useMemo(
    () =>
      sorted.length > 0 &&
      selected !== undefined &&
      selected.size >= sorted.length &&
      sorted.every((row) => selected.has(rowId(row))),
    [sorted, selected, rowId],
  );

  const template = [
    ...(selected ? [`${CHECK_WIDTH}px`] : []),
    ...columns.map(({ width, grow }) => (grow ? `minmax(${width}px, ${grow}fr)` : `${width}px`)),
  ].join(' ');
  const leastWidth =
    columns.reduce((sum, { width }) => sum + width + 12, 0) + (selected ? CHECK_WIDTH + 12 : 0) + 12;
  const activeShown = activeIndex >= first && activeIndex <= last;

  return (
    // biome-ignore lint/a11y/useSemanticElements: rows are placed by transform, which table elements do not allow
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
      onFocus={(event) => {
        const [top] = sorted;
        if (event.target === event.currentTarget && activeIndex < 0 && top) setActiveId(rowId(top));
      }}
    >
      <div style={{ minWidth: leastWidth }}>
        <TableHead
          columns={columns}
          template={template}
          sort={sort}
          onSort={onSort}
          selection={
            selected && {
              all: allSelected,
              some: selected.size > 0,
              onToggle: (all) => onSelect?.(new Set(all ? sorted.map(rowId) : [])),
            }
          }
        />
        {sorted.length === 0 ? (
          <EmptyRow columns={columns.length + (selected ? 1 : 0)}>{empty}</EmptyRow>
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: rows are placed by transform, which table elements do not allow
          <div role="rowgroup" className={classes.body} style={{ height: virtualizer.getTotalSize() }}>
            {items.map((item) => {
              const row = sorted[item.index];
              if (!row) return null;
              const id = rowId(row);
              return (
                <TableRow
                  key={id}
                  id={`${gridId}-${item.index}`}
                  row={row}
                  checkLabel={selected ? t('common.selectRow', { name: rowName(row) }) : ''}
                  index={item.index}
                  top={item.start - HEAD_HEIGHT}
                  height={rowHeight}
                  template={template}
                  columns={columns}
                  checkable={selected !== undefined}
                  selected={selected?.has(id) ?? false}
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
  );
}
