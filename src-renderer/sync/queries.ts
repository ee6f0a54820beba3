import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query';
import type { Operation, OperationItem } from '../../src-main/common/operation.ts';
import type { PlanItem, SyncDefinition, SyncPlan } from '../../src-main/common/transfer.ts';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';

/** Transfers in one page of their list. */
const HISTORY_PAGE = 100;

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
  /** Copies and synchronisations, newest first. */
  history: () =>
    infiniteQueryOptions({
      ...orpc.operations.history.infiniteOptions({
        input: (before: string | undefined) => ({
          limit: HISTORY_PAGE,
          kinds: ['copy', 'sync'],
          ...(before !== undefined && { before }),
        }),
        initialPageParam: undefined,
        getNextPageParam: (last: readonly Operation[]) =>
          last.length < HISTORY_PAGE ? undefined : last.at(-1)?.started,
      }),
    }),

  saved: () => orpc.transfers.saved.queryOptions(),
  unreadableSaved: () => orpc.transfers.unreadableSaved.queryOptions(),

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

  /** Told while it runs; once when it has ended. @param live so that a transfer that goes on is watched again */
  details: (operationId: string, live: boolean) =>
    queryOptions({
      ...orpc.operations.watchDetails.experimental_liveOptions({
        input: { operationId },
        queryKey: ['transfers', 'details', operationId, live],
      }),
      staleTime: 0,
      gcTime: 0,
    }),

  items: (operationId: string, state: OperationItem['state'] | undefined, page: number) =>
    queryOptions({
      ...orpc.operations.items.queryOptions({
        input: { operationId, offset: page * PAGE, limit: PAGE, ...(state && { state }) },
      }),
      staleTime: 0,
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
