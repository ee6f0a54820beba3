import { keepPreviousData, type QueryClient, queryOptions, skipToken } from '@tanstack/react-query';
import type { AuditFilter } from '../../src-main/common/audit.ts';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';

/** Changed tags that are named with a change. */
const NAMED = 100;

export const activityQueries = {
  /** A page of the changes that pass a filter, the newest first. */
  page: (filter: AuditFilter, number: number) =>
    queryOptions({
      ...orpc.audit.history.queryOptions({
        input: { ...filter, offset: number * PAGE, limit: PAGE },
        placeholderData: keepPreviousData,
      }),
      staleTime: 0,
    }),
  /** How many changes there are in all. */
  total: () =>
    queryOptions({
      ...orpc.audit.history.queryOptions({ input: { offset: 0, limit: 1 } }),
      staleTime: 0,
      select: ({ total }) => total,
    }),
  choices: () => queryOptions({ ...orpc.audit.choices.queryOptions(), staleTime: 0 }),
  /** One change: of an operation, or of the app's own. */
  one: (which: Pick<AuditFilter, 'operation' | 'sequence'> | undefined) =>
    queryOptions({
      ...orpc.audit.history.queryOptions({ input: which ? { ...which, offset: 0, limit: 1 } : skipToken }),
      staleTime: 0,
      select: ({ items }) => items.at(0),
    }),
  /** The first tags that an operation changed, and how many there are. */
  changes: (operationId: string) =>
    queryOptions({
      ...orpc.audit.changes.queryOptions({ input: { operationId, offset: 0, limit: NAMED } }),
      staleTime: 0,
    }),
};

/** Something began, or ended. */
export function readHistoryAgain(client: QueryClient): void {
  void client.invalidateQueries({ queryKey: orpc.audit.key() });
}
