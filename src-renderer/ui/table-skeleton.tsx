import { Skeleton } from '@mantine/core';
import { SkeletonRows } from './skeleton-rows.tsx';
import type { LaidOut } from './table-layout.ts';
import classes from './table-skeleton.module.css';
import { useTableLayout } from './use-table-layout.ts';

interface SkeletonColumn extends LaidOut {
  header: string;
  align?: 'start' | 'end';
}

/** A name and three short values, where it is not known what will be there. */
const ANY: readonly SkeletonColumn[] = [
  { id: 'name', header: ' ', width: 140, grow: 3 },
  { id: 'second', header: ' ', width: 80, grow: 1 },
  { id: 'third', header: ' ', width: 80, grow: 1 },
  { id: 'last', header: ' ', width: 96, align: 'end' },
];

export interface TableSkeletonProps {
  /** Those of the table that will be there. */
  columns?: readonly SkeletonColumn[];
  /** Of the table that will be there: its columns are drawn as they were left. */
  tableId?: string;
  checkable?: boolean;
  /** There will be a bar with a filter above it. */
  bar?: boolean;
  rows?: number;
}

/**
 * Stands where a table will be, in its columns, before what it belongs to is known. A table that is there draws its own rows of
 * this kind while it is `busy`: that is better wherever it can be there from the start.
 */
export function TableSkeleton(props: TableSkeletonProps) {
  const { tableId, checkable = false, bar = false, rows = 12 } = props;
  const { columns } = useTableLayout(tableId, props.columns ?? ANY);
  const last = columns.length - 1;
  const grows = columns.some(({ grow = 0 }) => grow > 0);
  const template = columns.map(({ width, grow = 0 }, at) => {
    const share = grow > 0 ? grow : !grows && at === last ? 1 : 0;
    return share > 0 ? `minmax(${width}px, ${share}fr)` : `${width}px`;
  });
  const line = [...(checkable ? ['16px'] : []), ...template].join(' ');
  return (
    <>
      {bar && (
        <div className={classes.bar} aria-hidden>
          <Skeleton height={30} width={220} radius="sm" />
          <Skeleton height={20} width={84} radius="xl" />
        </div>
      )}
      <div className={classes.table}>
        <div className={classes.head} style={{ gridTemplateColumns: line }} aria-hidden>
          {checkable && <span />}
          {columns.map(({ id, header, align }) => (
            <span key={id} data-align={align}>
              {header}
            </span>
          ))}
        </div>
        <SkeletonRows columns={columns} template={line} checkable={checkable} rows={rows} />
      </div>
    </>
  );
}
