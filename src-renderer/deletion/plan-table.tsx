import type { ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { StateFilter } from '../lists/state-filter.tsx';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { Sort } from '../ui/sort.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { type Attaching, useDeletionColumns } from './columns.tsx';
import classes from './deletion.module.css';
import { type DeletionRow, ROW_FILTERS, type RowFilter } from './rows.ts';

export interface PlanTableProps {
  rows: readonly DeletionRow[];
  attaching?: Attaching | undefined;
  /** What can be chosen about the plan. */
  children: ReactNode;
}

const idOf = ({ digest }: DeletionRow) => digest;

/** Every image that a deletion touches, of however many. */
export function PlanTable({ rows, attaching, children }: PlanTableProps) {
  const { t } = useTranslation();
  const [sort, setSort] = useState<Sort>();
  const [filter, setFilter] = useState<RowFilter>();
  const counts = useMemo(
    () =>
      Object.entries(ROW_FILTERS).map(([value, takes]) => ({
        value: value as RowFilter,
        count: rows.filter(takes).length,
      })),
    [rows],
  );
  const shown = useMemo(() => (filter ? rows.filter(ROW_FILTERS[filter]) : rows), [rows, filter]);
  const columns = useDeletionColumns(rows, attaching);
  const parts = counts.filter(({ count }) => count > 0);
  return (
    <>
      <div className={classes.bar}>
        {rows.length > 1 && parts.length > 1 && (
          <StateFilter
            label={t('plans.states')}
            value={filter}
            options={[
              { value: undefined, label: t('plans.allItems'), count: rows.length },
              ...parts.map(({ value, count }) => ({ value, label: t(`deletion.states.${value}`), count })),
            ]}
            onChange={setFilter}
          />
        )}
        <div className={classes.choices}>{children}</div>
      </div>
      <VirtualTable
        label={t('deletion.itemsLabel')}
        rows={shown}
        rowId={idOf}
        rowName={idOf}
        columns={columns}
        commands={({ tags, digest }) => [
          [
            ...(tags.length > 0 ? [copyingOfRow('tags', t('commands.row.copyTags'), tags.join('\n'))] : []),
            copyingOfRow('digest', t('common.copyDigest'), digest),
          ],
        ]}
        sort={sort}
        onSort={setSort}
        empty={<p className={classes.quiet}>{t('deletion.nothingLeft')}</p>}
      />
    </>
  );
}
