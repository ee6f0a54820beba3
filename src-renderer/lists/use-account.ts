import { useQuery } from '@tanstack/react-query';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';

/** The account with this id; the frame around a registry's pages draws them only when there is one. */
export function useAccount(accountId: string): Account | undefined {
  const { data } = useQuery(orpc.accounts.list.queryOptions());
  return data?.find(({ id }) => id === accountId);
}
