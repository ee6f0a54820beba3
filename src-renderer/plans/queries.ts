import { queryOptions } from '@tanstack/react-query';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';

export const planQueries = {
  /** A plan never changes; it is gone 15 minutes after it was made, and when it was started. */
  get: (planId: string) =>
    queryOptions({
      ...orpc.plans.get.queryOptions({ input: { planId } }),
      staleTime: Number.POSITIVE_INFINITY,
      refetchOnReconnect: false,
    }),

  items: (planId: string, state: string | undefined, page: number) =>
    queryOptions({
      ...orpc.plans.items.queryOptions({
        input: { planId, offset: page * PAGE, limit: PAGE, ...(state !== undefined && { state }) },
      }),
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
