import { type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import type { SyncDefinition, SyncPlan } from '../../src-main/common/transfer.ts';
import { orpc } from '../api.ts';

/** What is known of a synchronisation beyond its operation, as long as the window is open. */
interface Origin {
  /** Path that compares both sides again. */
  planning: string | undefined;
  onlyAtTarget: SyncPlan['summary']['onlyAtTarget'];
}

const originKey = (operationId: string) => ['sync', 'origin', operationId] as const;

/** Said when a plan is started. */
export function rememberOrigin(client: QueryClient, operationId: string, origin: Origin): void {
  client.setQueryDefaults(originKey(operationId), { gcTime: Number.POSITIVE_INFINITY });
  client.setQueryData<Origin>(originKey(operationId), origin);
}

export const syncQueries = {
  /** How far planning is, then the plan. A plan is made for one look: never an old one, and none behind the reader's back. */
  planning: (definition: SyncDefinition & { savedId?: string | undefined }) =>
    queryOptions({
      ...orpc.transfers.planSync.experimental_liveOptions({ input: definition }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnReconnect: false,
    }),

  origin: (operationId: string) =>
    queryOptions<Origin>({
      queryKey: originKey(operationId),
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    }),
};
