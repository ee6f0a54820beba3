import type { QueryKey, UseQueryOptions } from '@tanstack/react-query';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './list-page.module.css';
import type { Page, PagedRow } from './paged-rows.ts';
import { usePagedRows } from './use-paged-rows.ts';

export interface PagedTableProps<Item, Key extends QueryKey> {
  label: string;
  /** Changes when it is another list. */
  list: string;
  /** Query of one page by its number. */
  page: (number: number) => UseQueryOptions<Page<Item>, Error, Page<Item>, Key>;
  columns: readonly VirtualColumn<PagedRow<Item>>[];
  onOpen?: ((item: Item | undefined) => void) | undefined;
  /** Reads again what could not be read; without it the pages themselves are asked again. */
  onRetry?: () => void;
  /** Said where there is no row. */
  empty: string;
}

const idOf = ({ position }: PagedRow<unknown>) => String(position);

/** A table of rows that are read where they are looked at, with what is shown until and instead. */
export function PagedTable<Item, Key extends QueryKey>(props: PagedTableProps<Item, Key>) {
  const { label, list, page, columns, onOpen, onRetry, empty } = props;
  const { rows, onVisible, isPending, isReading, error, refetch } = usePagedRows(list, page);
  if (isPending) return <TableSkeleton rows={8} />;
  if (error) return <ErrorPanel error={error} onRetry={onRetry ?? refetch} />;
  return (
    <VirtualTable
      label={label}
      rows={rows}
      rowId={idOf}
      rowName={idOf}
      columns={columns}
      {...(onOpen && { onOpen: ({ item }: PagedRow<Item>) => onOpen(item) })}
      onVisible={onVisible}
      busy={isReading}
      empty={<p className={classes.none}>{empty}</p>}
    />
  );
}
