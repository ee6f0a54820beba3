import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatSort, parseSort, type Sort } from '../ui/sort.ts';
import { sortableColumns } from './columns.tsx';

const route = getRouteApi('/registries/$accountId/tags');

export const byName: Sort = { column: 'name', descending: false };
export const newestFirst: Sort = { column: 'created', descending: true };
/** In the URL: the order the registry lists them in. */
const REGISTRY = 'registry';

/** The table's order from the URL: the newest first where it says nothing; undefined is the registry's own order. */
export function useTagSort(): [Sort | undefined, (sort: Sort | undefined) => void] {
  const { sort: text } = route.useSearch();
  const navigate = route.useNavigate();
  const sort = useMemo(
    () => (text === REGISTRY ? undefined : (parseSort(text, sortableColumns) ?? newestFirst)),
    [text],
  );
  const setSort = useCallback(
    (next: Sort | undefined) => {
      const formatted = next ? formatSort(next) : REGISTRY;
      void navigate({
        search: (before) => ({
          ...before,
          sort: formatted === formatSort(newestFirst) ? undefined : formatted,
        }),
        replace: true,
      });
    },
    [navigate],
  );
  return [sort, setSort];
}
