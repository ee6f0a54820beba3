import type { QueryKey, UseQueryOptions } from '@tanstack/react-query';
import { useCallback } from 'react';
import { ErrorPanel } from '../ui/error-panel.tsx';
import type { RowCommands } from '../ui/row-commands.tsx';
import type { Sort } from '../ui/sort.ts';
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
  /** How many rows there are, where the first page may know of fewer. */
  counted?: number | undefined;
  columns: readonly VirtualColumn<PagedRow<Item>>[];
  /** The source of the pages sorts them. */
  sort?: Sort | undefined;
  onSort?: (sort: Sort | undefined) => void;
  /** Rows can be chosen where it is given. */
  choosing?: RowChoosing<Item> | undefined;
  onOpen?: ((item: Item | undefined) => void) | undefined;
  /** What can be done with a row that was read. */
  commands: RowCommands<Item>;
  /** Reads again what could not be read; without it the pages themselves are asked again. */
  onRetry?: () => void;
  /** Said where there is no row. */
  empty: string;
}

/** Rows chosen by their ids, beside which others may be chosen elsewhere. */
interface RowChoosing<Item> {
  /** Also what a row is called. Must not begin with `#`; keep the same function from render to render. */
  readonly id: (item: Item) => string;
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
}

const positionOf = ({ position }: PagedRow<unknown>) => `#${position}`;

/** A table of rows that are read where they are looked at, with what is shown until and instead. */
export function PagedTable<Item, Key extends QueryKey>(props: PagedTableProps<Item, Key>) {
  const { label, list, page, counted, columns, sort, onSort, choosing, onOpen, commands, onRetry, empty } =
    props;
  const { rows, onVisible, isPending, isReading, error, refetch } = usePagedRows(list, page, counted);
  const id = choosing?.id;
  const rowId = useCallback(
    (row: PagedRow<Item>) => (id && row.item !== undefined ? id(row.item) : positionOf(row)),
    [id],
  );
  if (error) return <ErrorPanel error={error} onRetry={onRetry ?? refetch} />;
  return (
    <VirtualTable
      label={label}
      rows={rows}
      rowId={rowId}
      rowName={rowId}
      columns={columns}
      sort={sort}
      {...(onSort && { onSort })}
      {...(choosing && {
        selected: choosing.chosen,
        onSelect: (next: ReadonlySet<string>) =>
          choosing.onChoose(chosenOf(choosing.chosen, next, rows.map(rowId))),
      })}
      commands={({ item }) => (item === undefined ? [] : commands(item))}
      {...(onOpen && { onOpen: ({ item }: PagedRow<Item>) => onOpen(item) })}
      onVisible={onVisible}
      busy={isPending || isReading}
      empty={!isPending && <p className={classes.none}>{empty}</p>}
    />
  );
}

/** What is chosen now: rows of this list as they are in `next`, and what was chosen elsewhere. Rows that were not read yet cannot be. */
function chosenOf(
  before: ReadonlySet<string>,
  next: ReadonlySet<string>,
  shown: readonly string[],
): ReadonlySet<string> {
  const chosen = new Set(before);
  for (const id of shown) {
    if (next.has(id) && !id.startsWith('#')) chosen.add(id);
    else chosen.delete(id);
  }
  return chosen;
}
