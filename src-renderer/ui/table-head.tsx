import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { memo, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CheckBox } from './check-box.tsx';
import { ColumnsMenu } from './columns-menu.tsx';
import type { Sort } from './sort.ts';
import type { HeadSelection } from './use-row-selection.ts';
import type { LayoutChanges } from './use-table-layout.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

/** What a dragged head carries; nothing else is taken. */
const DRAGGED = 'application/x-wharfinger-column';

interface TableHeadProps<Row> {
  /** Those drawn. */
  columns: readonly VirtualColumn<Row>[];
  /** Pixels of each. */
  widths: readonly number[];
  template: string;
  sort: Sort | undefined;
  onSort: ((sort: Sort | undefined) => void) | undefined;
  selection: HeadSelection | undefined;
  /** Of all columns; undefined where they stay as they are. */
  layout: { all: readonly VirtualColumn<Row>[]; changes: LayoutChanges } | undefined;
}

/** One direction, then the other, then the order of arrival. */
function nextSort(
  sort: Sort | undefined,
  { id, descendingFirst = false }: VirtualColumn<never>,
): Sort | undefined {
  if (sort?.column !== id) return { column: id, descending: descendingFirst };
  return sort.descending === descendingFirst ? { column: id, descending: !descendingFirst } : undefined;
}

function Head<Row>(props: TableHeadProps<Row>) {
  const { columns, widths, template, sort, onSort, selection, layout } = props;
  const { t } = useTranslation();
  const [menu, setMenu] = useState(false);
  const [over, setOver] = useState<string>();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see virtual-table.tsx
    <div
      role="rowgroup"
      className={classes.head}
      onContextMenu={(event) => {
        if (!layout) return;
        event.preventDefault();
        setMenu(true);
      }}
    >
      {/* biome-ignore-start lint/a11y/useSemanticElements: see virtual-table.tsx */}
      {/* biome-ignore-start lint/a11y/useFocusableInteractive: the grid holds the focus */}
      <div role="row" aria-rowindex={1} className={classes.line} style={{ gridTemplateColumns: template }}>
        {selection && (
          <div role="columnheader" className={classes.check}>
            <CheckBox
              label={t('common.selectAll')}
              checked={selection.all ? true : selection.some ? 'mixed' : false}
              tabIndex={0}
              onClick={() => selection.onToggle(!selection.all)}
            />
          </div>
        )}
        {columns.map((column, index) => {
          const direction =
            sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
          const changes = column.header === '' ? undefined : layout?.changes;
          const movable = changes && !column.fixed ? changes : undefined;
          const isLast = index === columns.length - 1;
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={column.compare ? direction : undefined}
              className={classes.headCell}
              data-align={column.align}
              data-over={over === column.id || undefined}
              draggable={movable !== undefined}
              onDragStart={(event) => {
                event.dataTransfer.setData(DRAGGED, column.id);
                event.dataTransfer.effectAllowed = 'move';
              }}
              onDragOver={(event) => {
                if (!movable || !event.dataTransfer.types.includes(DRAGGED)) return;
                event.preventDefault();
                setOver(column.id);
              }}
              onDragLeave={() => setOver(undefined)}
              onDrop={(event) => {
                setOver(undefined);
                movable?.move(event.dataTransfer.getData(DRAGGED), column.id);
              }}
            >
              {column.compare && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  data-sorted={direction === 'none' ? undefined : direction}
                  onClick={() => onSort(nextSort(sort, column))}
                >
                  {column.header}
                  {direction === 'descending' ? (
                    <IconArrowDown size={12} aria-hidden />
                  ) : (
                    <IconArrowUp size={12} aria-hidden />
                  )}
                </button>
              ) : (
                column.header || <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              )}
              {changes && !isLast && (
                <ResizeHandle
                  width={widths[index] ?? column.width}
                  onResize={(width) => changes.resize(column.id, width)}
                  onReset={() => changes.unsize(column.id)}
                />
              )}
              {layout && isLast && (
                // What opens from it and where it stands, at the end of the table, says nothing of the room that the column needs.
                <span data-apart>
                  <ColumnsMenu
                    columns={layout.all}
                    changes={layout.changes}
                    widthOf={(id) => widths[columns.findIndex((each) => each.id === id)]}
                    opened={menu}
                    onOpened={setMenu}
                  />
                </span>
              )}
            </div>
          );
        })}
      </div>
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: the grid holds the focus */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: see virtual-table.tsx */}
    </div>
  );
}

/** Drawn again only when something of it changed: not for each row that scrolls into view. */
export const TableHead = memo(Head) as typeof Head;

interface ResizeHandleProps {
  width: number;
  onResize: (width: number) => void;
  onReset: () => void;
}

/** The edge of a head that is dragged; a double click gives the usual width back. By keys: in the menu of the columns. */
function ResizeHandle({ width, onResize, onReset }: ResizeHandleProps) {
  const [start, setStart] = useState<{ x: number; width: number }>();
  return (
    <div
      aria-hidden
      className={classes.resize}
      data-dragging={start !== undefined || undefined}
      draggable
      onDragStart={(event) => {
        // The head itself is not dragged from here.
        event.preventDefault();
        event.stopPropagation();
      }}
      onPointerDown={(event: PointerEvent<HTMLDivElement>) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setStart({ x: event.clientX, width });
      }}
      onPointerMove={(event) => start && onResize(start.width + event.clientX - start.x)}
      onPointerUp={() => setStart(undefined)}
      onPointerCancel={() => setStart(undefined)}
      onDoubleClick={onReset}
    />
  );
}
