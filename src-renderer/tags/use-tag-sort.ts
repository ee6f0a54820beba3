import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { formatSort, parseSort, type Sort } from '../ui/sort.ts';
import { sortableColumns, type TagOrder } from './order.ts';

const route = getRouteApi('/registries/$accountId/tags');

export const byName: TagOrder = { column: 'name', descending: false };
/** By what is known of when an image came: pushed, where the product says so. */
export const newestFirst = (isPushed: boolean): TagOrder => ({
  column: isPushed ? 'pushed' : 'created',
  descending: true,
});
const lastNameFirst: TagOrder = { column: 'name', descending: true };
/** In the URL: the order the registry lists them in. */
const REGISTRY = 'registry';

export interface TagSort {
  /** The registry's own order. */
  readonly asListed: boolean;
  /**
   * The order of the table; undefined is the registry's own. Where none was chosen it is the newest first: by dates, or by names as
   * long as too few of the dates are known to sort by.
   */
  readonly sortOf: (dated: boolean, isPushed: boolean) => TagOrder | undefined;
  readonly setSort: (sort: Sort | undefined) => void;
}

/** The table's order, kept in the URL. */
export function useTagSort(): TagSort {
  const { sort: text } = route.useSearch();
  const navigate = route.useNavigate();
  const asListed = text === REGISTRY;
  const chosen = useMemo(() => parseSort(text, sortableColumns), [text]);
  const setSort = useCallback(
    (next: Sort | undefined) =>
      void navigate({
        search: (before) => ({ ...before, sort: next ? formatSort(next) : REGISTRY }),
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  const sortOf = useCallback(
    (dated: boolean, isPushed: boolean) =>
      asListed ? undefined : (chosen ?? (dated ? newestFirst(isPushed) : lastNameFirst)),
    [asListed, chosen],
  );
  return { asListed, sortOf, setSort };
}
