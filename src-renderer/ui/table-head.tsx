import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { CheckBox } from './check-box.tsx';
import type { Sort } from './sort.ts';
import type { VirtualColumn } from './virtual-column.ts';
import classes from './virtual-table.module.css';

interface TableHeadProps<Row> {
  columns: readonly VirtualColumn<Row>[];
  template: string;
  sort: Sort | undefined;
  onSort: ((sort: Sort | undefined) => void) | undefined;
  selection: { all: boolean; some: boolean; onToggle: (all: boolean) => void } | undefined;
}

/** Ascending, then descending, then the order of arrival. */
function nextSort(sort: Sort | undefined, column: string): Sort | undefined {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? undefined : { column, descending: true };
}

export function TableHead<Row>({ columns, template, sort, onSort, selection }: TableHeadProps<Row>) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: see virtual-table.tsx
    <div role="rowgroup" className={classes.head}>
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
        {columns.map((column) => {
          const direction =
            sort?.column === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
          return (
            <div
              key={column.id}
              role="columnheader"
              aria-sort={column.compare ? direction : undefined}
              className={classes.headCell}
              data-align={column.align}
            >
              {column.compare && onSort ? (
                <button
                  type="button"
                  className={classes.sort}
                  data-sorted={direction === 'none' ? undefined : direction}
                  onClick={() => onSort(nextSort(sort, column.id))}
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
            </div>
          );
        })}
      </div>
      {/* biome-ignore-end lint/a11y/useFocusableInteractive: the grid holds the focus */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: see virtual-table.tsx */}
    </div>
  );
}
