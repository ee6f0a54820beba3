import { useIsMutating, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useAccountChanged } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';

const stateOptions = orpc.localRegistry.state.queryOptions();

export function useLocalRegistry() {
  return useQuery(stateOptions);
}

/** Starts the embedded registry and opens it; the main side makes sure that it has an account. */
export function useStartLocalRegistry() {
  const client = useQueryClient();
  const navigate = useNavigate();
  const accountChanged = useAccountChanged();
  return useMutation(
    orpc.localRegistry.start.mutationOptions({
      onSuccess: async ({ state, account }) => {
        client.setQueryData(stateOptions.queryKey, state);
        await accountChanged();
        await navigate({ to: '/registries/$accountId', params: { accountId: account.id } });
      },
      onError: toastFailure,
    }),
  );
}

/** Until it is open: other code that would go to a new registry leaves that to it. */
export function useIsStartingLocalRegistry(): boolean {
  return useIsMutating({ mutationKey: orpc.localRegistry.start.mutationKey() }) > 0;
}

export function useStopLocalRegistry() {
  const client = useQueryClient();
  const accountChanged = useAccountChanged();
  return useMutation(
    orpc.localRegistry.stop.mutationOptions({
      onSuccess: async (state) => {
        client.setQueryData(stateOptions.queryKey, state);
        await accountChanged();
      },
      onError: toastFailure,
    }),
  );
}
