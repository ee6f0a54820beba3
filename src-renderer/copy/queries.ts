import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import type { copiesRequest } from '../../src-main/common/transfer.ts';
import { api } from '../api.ts';

export type CopiesAsked = z.input<typeof copiesRequest>;

/** Milliseconds that what was found at both sides counts: the destination is looked at again when a copy is started. */
const FRESH = 5 * 60_000;

export const copyQueries = {
  /** What a copy would do, as a plan that can be started. Nothing is changed to make it. */
  check: (asked: CopiesAsked) =>
    queryOptions({
      queryKey: ['copy', 'check', asked] as const,
      queryFn: ({ signal }) => api.transfers.planCopies(asked, { signal }),
      staleTime: FRESH,
      gcTime: FRESH,
      refetchOnReconnect: false,
    }),
};
