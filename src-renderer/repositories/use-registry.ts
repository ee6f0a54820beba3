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
  // It finds out which product it is: what the navigation shows of the account is read again.
  const found = overview.data?.system;
  useEffect(() => {
    if (found !== undefined && found !== account.system)
      void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
  }, [client, found, account.system]);
  return { overview, /** Of the embedded registry alone. */ local, isStopped };
}
