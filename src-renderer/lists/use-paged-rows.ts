import { type QueryKey, type UseQueryOptions, type UseQueryResult, useQueries } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { type Page, type PagedRow, pagedRows, pagesOf } from './paged-rows.ts';

const START = pagesOf(0, 0);

/**
 * Pages of a list by their numbers.
 *
 * @param query of one page by its number
 */
export function usePages<Item, Key extends QueryKey>(
  numbers: readonly number[],
  query: (page: number) => UseQueryOptions<Page<Item>, Error, Page<Item>, Key>,
) {
  const combine = useCallback(
    (results: readonly UseQueryResult<Page<Item>>[]) => ({
      pages: results.map(({ data }) => data),
      /** Nothing is known yet. */
      isPending: results[0]?.isPending ?? false,
      /** Rows in view are on their way. */
      isReading: results.some(({ isPending }) => isPending),
      error: results.find(({ error }) => error !== null)?.error ?? null,
      refetch: () => {
        for (const { refetch } of results) void refetch();
      },
    }),
    [],
  );
  return useQueries({ queries: numbers.map(query), combine });
}

/**
 * The rows of a list that is read where it is looked at: one of 100,000 costs hardly more than one of 100, and one that changes
 * is read again only where it is seen.
 *
 * @param list changes when it is another list
 * @param query of one page by its number
 * @param counted how many rows there are, where the first page may know of fewer
 */
export function usePagedRows<Item, Key extends QueryKey>(
  list: string,
  query: (page: number) => UseQueryOptions<Page<Item>, Error, Page<Item>, Key>,
  counted?: number,
) {
  const [wanted, setWanted] = useState({ list, numbers: START });
  const numbers = wanted.list === list ? wanted.numbers : START;
  const { pages, ...state } = usePages(numbers, query);
  const rows = useMemo(() => pagedRows(numbers, pages, counted), [numbers, pages, counted]);
  const onVisible = useCallback(
    (seen: readonly PagedRow<Item>[]) => {
      const next = pagesOf(seen.at(0)?.position ?? 0, seen.at(-1)?.position ?? 0);
      setWanted((before) =>
        before.list === list && before.numbers.join() === next.join() ? before : { list, numbers: next },
      );
    },
    [list],
  );
  return { rows, onVisible, ...state };
}
