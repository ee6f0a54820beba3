import { queryOptions, skipToken } from '@tanstack/react-query';
import type { PlanItem, SyncDefinition, SyncPlan } from '../../src-main/common/transfer.ts';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';

/** What is known of a transfer beyond its operation, as long as the window is open. */
export interface Origin {
  definition: SyncDefinition;
  savedId: string | undefined;
  onlyAtTarget: SyncPlan['onlyAtTarget'];
}

export const transferKeys = {
  origin: (operationId: string) => ['transfers', 'origin', operationId] as const,
};

export const transferQueries = {
  /** How far planning is, then the plan. A plan is made for one look: never an old one, and none behind the reader's back. */
  plan: (definition: SyncDefinition) =>
    queryOptions({
      ...orpc.transfers.planSync.experimental_liveOptions({ input: definition }),
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: 0,
      refetchOnReconnect: false,
    }),

  planItems: (planId: string, verdict: PlanItem['verdict'] | undefined, page: number) =>
    queryOptions({
      ...orpc.transfers.planItems.queryOptions({
        input: { planId, offset: page * PAGE, limit: PAGE, ...(verdict && { verdict }) },
      }),
      staleTime: Number.POSITIVE_INFINITY,
    }),

  /** Put in when a plan is started. */
  origin: (operationId: string) =>
    queryOptions<Origin>({
      queryKey: transferKeys.origin(operationId),
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
      gcTime: Number.POSITIVE_INFINITY,
    }),
};
