import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useKeptBy } from '../lists/use-kept-by.ts';
import { useSliced } from '../lists/use-sliced.ts';
import { repositoryQueries } from './queries.ts';
import type { RepositoryList } from './rows.ts';
import { Arrangement, type ShownOptions, type ShownRepositories } from './shown.ts';

/** What was worked out of a list that is looked at again. */
const arrangements = new WeakMap<RepositoryList, Arrangement>();
const newArrangement = () => new Arrangement();

export interface ShownRepositoriesOptions extends Omit<ShownOptions, 'known' | 'sizes' | 'now'> {
  accountId: string;
}

const hasNoRows = ({ rows }: ShownRepositories) => rows.length === 0;

/** The repositories as they are shown, and whether all that is known of them is in. */
export function useShownRepositories(
  options: ShownRepositoriesOptions,
): ShownRepositories & { isKnown: boolean } {
  const { accountId, list, filter, filters, sort, closed } = options;
  const known = useQuery(repositoryQueries.known(accountId)).data;
  const sizes = useQuery(repositoryQueries.namespaces(accountId)).data;
  const now = useMemo(() => Date.now(), []);
  const arrangement = useKeptBy(arrangements, list, newArrangement);
  const shown = useSliced(
    useCallback(
      () => arrangement.of({ list, known, filter, filters, sort, sizes, closed, now }),
      [arrangement, list, known, filter, filters, sort, sizes, closed, now],
    ),
    useMemo(() => ({ filter, filters, sort, closed }), [filter, filters, sort, closed]),
    hasNoRows,
  );
  return { ...shown, isKnown: known?.complete === true };
}
