import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Account } from '../../src-main/common/account.ts';
import { type AnyPlace, accountOf } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';

const listOptions = orpc.accounts.list.queryOptions();

export function useAccounts() {
  return useQuery(listOptions);
}

/** The account with this id; the frame around a registry's pages draws them only when there is one. */
export function useAccount(accountId: string): Account | undefined {
  const { data } = useAccounts();
  return data?.find(({ id }) => id === accountId);
}

/** What a registry is called here; one without an account, and a place outside registries, by its host. */
export function useAccountName(): (side: AnyPlace) => string {
  const { data: accounts } = useAccounts();
  return useCallback(
    (side) => accounts?.find(({ id }) => id === accountOf(side))?.name ?? side.host,
    [accounts],
  );
}

/** Puts one changed account into the list that is shown. */
function replaced(accounts: Account[] | undefined, changed: Account): Account[] | undefined {
  return accounts?.map((each) => (each.id === changed.id ? changed : each));
}

/** The list moves at once and goes back where the main side refuses. */
export function useReorder() {
  const client = useQueryClient();
  return useMutation(
    orpc.accounts.reorder.mutationOptions({
      onMutate: async ({ ids }) => {
        await client.cancelQueries({ queryKey: listOptions.queryKey });
        const before = client.getQueryData(listOptions.queryKey);
        client.setQueryData(listOptions.queryKey, (list) =>
          list?.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)),
        );
        return { before };
      },
      onSuccess: (accounts) => client.setQueryData(listOptions.queryKey, accounts),
      onError: (error, _input, context) => {
        client.setQueryData(listOptions.queryKey, context?.before);
        toastFailure(error);
      },
    }),
  );
}

export function useProtectTags() {
  const client = useQueryClient();
  return useMutation(
    orpc.accounts.protectTags.mutationOptions({
      onSuccess: (account) => client.setQueryData(listOptions.queryKey, (list) => replaced(list, account)),
      onError: toastFailure,
    }),
  );
}

export function useSetReadOnly() {
  const client = useQueryClient();
  return useMutation(
    orpc.accounts.setReadOnly.mutationOptions({
      onSuccess: (account) => client.setQueryData(listOptions.queryKey, (list) => replaced(list, account)),
      onError: toastFailure,
    }),
  );
}

/** After an account was added, changed or removed: its lists, overview and tags may all be different now. */
export function useAccountChanged() {
  const client = useQueryClient();
  return async () => {
    await client.invalidateQueries({ queryKey: orpc.accounts.key() });
    void client.invalidateQueries({ queryKey: orpc.catalog.key() });
    void client.invalidateQueries({ queryKey: orpc.images.key() });
    // Storing a secret may have found the keychain locked.
    void client.invalidateQueries({ queryKey: orpc.app.notices.key() });
  };
}
