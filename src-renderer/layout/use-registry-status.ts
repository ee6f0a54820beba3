import { skipToken, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryStatus } from '../../src-main/common/registry.ts';
import { orpc } from '../api.ts';
import { useLocalRegistry } from '../local-registry/queries.ts';
import { repositoryQueries } from '../repositories/queries.ts';

/** Milliseconds between two looks; the main side asks one registry after the other, and none that has answered a moment ago. */
const LOOK_EVERY = 5 * 60_000;

/** What is known of a registry: undefined until it was looked at, `stopped` for the embedded one that does not run. */
export function useRegistryStatus({ id }: Account): RegistryStatus | 'stopped' | undefined {
  const local = useLocalRegistry().data;
  const isStopped = local?.accountId === id && !local.running;
  const { data, refetch } = useQuery({
    ...orpc.catalog.status.queryOptions({ input: { accountId: id } }),
    enabled: local !== undefined && !isStopped,
    refetchInterval: LOOK_EVERY,
    staleTime: LOOK_EVERY,
  });
  const visits = useVisits(id);
  useEffect(() => {
    if (visits > 0) void refetch();
  }, [visits, refetch]);
  return isStopped ? 'stopped' : data;
}

/** Grows with each answer that the registry's pages had, bad ones too: what is known may be different then. Asks nothing. */
function useVisits(accountId: string): number {
  const overview = useQuery({
    ...orpc.catalog.overview.queryOptions({ input: { accountId } }),
    queryFn: skipToken,
    notifyOnChangeProps: ['dataUpdatedAt', 'errorUpdatedAt'],
  });
  const listed = useQuery({
    ...repositoryQueries.list(accountId),
    queryFn: skipToken,
    select: ({ complete }) => complete,
    notifyOnChangeProps: ['data', 'errorUpdatedAt'],
  });
  return Math.max(
    overview.dataUpdatedAt,
    overview.errorUpdatedAt,
    listed.errorUpdatedAt,
    listed.data ? listed.dataUpdatedAt : 0,
  );
}
