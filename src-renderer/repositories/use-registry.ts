import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';
import { useLocalRegistry } from '../local-registry/queries.ts';

export type RegistryState = ReturnType<typeof useRegistry>;

/** What the registry of an account is, asked as soon as it is known that it runs. */
export function useRegistry(account: Account) {
  const client = useQueryClient();
  const state = useLocalRegistry();
  const local = state.data?.accountId === account.id ? state.data : undefined;
  const isStopped = local?.running === false;
  const overview = useQuery({
    ...orpc.catalog.overview.queryOptions({ input: { accountId: account.id } }),
    enabled: !state.isPending && !isStopped,
  });
  // It finds out which product it is and whether it takes writes: what else is shown of the account is read again.
  const found = overview.data?.system;
  const push = overview.data?.abilities.push ?? 'unknown';
  const isOther = found !== undefined && found !== account.system;
  const isOtherWrites = push !== 'unknown' && (push === 'no') !== (account.takesNoWrites !== undefined);
  useEffect(() => {
    if (isOther || isOtherWrites) void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
  }, [client, isOther, isOtherWrites]);
  return {
    overview,
    /** Of the embedded registry alone. */ local,
    isStopped,
    /** Nothing tells yet whether anything can be pushed there; where the question failed, trying tells. */
    isAsked: overview.isLoading || isOtherWrites,
  };
}
