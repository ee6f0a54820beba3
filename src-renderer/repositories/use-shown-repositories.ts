import { useQuery } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { RowOrder } from '../ui/row-order.ts';
import type { Sort } from '../ui/sort.ts';
import { countsOf, passing, type RepositoryFilter } from './filters.ts';
import { comparers, type SortableColumn } from './order.ts';
import { repositoryQueries } from './queries.ts';
import { filterRepositories, type RepositoryList } from './rows.ts';
import { type SizedRow, SizedRows, sizeOf } from './sized-rows.ts';
import { type ListedRow, Trees } from './tree.ts';

export interface ShownOptions {
  accountId: string;
  list: RepositoryList;
  filter: string;
  filters: readonly RepositoryFilter[];
  sort: Sort & { column: SortableColumn };
  /** Arranged by namespace, all but these open; a flat list without. */
  closed: ReadonlySet<string> | undefined;
}

const ALL_OPEN: ReadonlySet<string> = new Set();

/** The repositories as they are shown: with what is known of each, filtered, sorted, and arranged by namespace. */
export function useShownRepositories({ accountId, list, filter, filters, sort, closed }: ShownOptions) {
  const known = useQuery(repositoryQueries.known(accountId)).data;
  const sizes = useQuery(repositoryQueries.namespaces(accountId)).data;
  const made = useRef<{ sized: SizedRows; order: RowOrder<SizedRow>; trees: Trees }>(undefined);
  made.current ??= { sized: new SizedRows(), order: new RowOrder(), trees: new Trees() };
  const { sized, order, trees } = made.current;
  const now = useMemo(() => Date.now(), []);

  const rows = useMemo(() => sized.join(list.rows, known?.of), [sized, list, known]);
  const named = useMemo(() => filterRepositories(rows, filter), [rows, filter]);
  const counts = useMemo(() => countsOf(named, now), [named, now]);
  const shown = useMemo(() => passing(named, filters, now), [named, filters, now]);
  const sorted = useMemo(
    () => order.sort(shown, comparers[sort.column], sort.descending),
    [order, shown, sort],
  );
  const isWhole = shown === rows;
  const isTree = closed !== undefined;
  // What is looked for is shown, also in a namespace that is closed.
  const hidden = isWhole ? (closed ?? ALL_OPEN) : ALL_OPEN;
  const tree = useMemo(
    () =>
      isTree
        ? trees.arrange(sorted, { sizes: isWhole ? sizes : undefined, sort, closed: hidden })
        : undefined,
    [isTree, trees, sorted, isWhole, sizes, sort, hidden],
  );
  const widest = useMemo(() => rows.reduce((most, row) => Math.max(most, sizeOf(row) ?? 0), 0), [rows]);
  const sizedCount = useMemo(
    () => rows.reduce((count, row) => count + (sizeOf(row) === undefined ? 0 : 1), 0),
    [rows],
  );
  const listed: readonly ListedRow[] = tree?.rows ?? sorted;
  return {
    rows,
    shown,
    counts,
    listed,
    tree,
    widest,
    sized: sizedCount,
    isWhole,
    isKnown: known?.complete === true,
  };
}
