import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatSort, parseSort, type Sort } from '../ui/sort.ts';
import { sortableColumns } from './columns.tsx';

const route = getRouteApi('/registries/$accountId/tags');

const byName: Sort = { column: 'name', descending: false };
/** In the URL: the order the registry lists them in. */
const REGISTRY = 'registry';

/** The table's order from the URL: by name where it says nothing; undefined is the registry's own order. */
export function useTagSort(): [Sort | undefined, (sort: Sort | undefined) => void] {
  const { sort: text } = route.useSearch();
  const navigate = route.useNavigate();
  const sort = useMemo(
    () => (text === REGISTRY ? undefined : (parseSort(text, sortableColumns) ?? byName)),
    [text],
  );
  const setSort = useCallback(
    (next: Sort | undefined) => {
      const formatted = next ? formatSort(next) : REGISTRY;
      void navigate({
        search: (before) => ({ ...before, sort: formatted === byName.column ? undefined : formatted }),
        replace: true,
      });
    },
    [navigate],
  );
  return [sort, setSort];
}
