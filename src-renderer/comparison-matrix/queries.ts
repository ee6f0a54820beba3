import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type {
  MatrixCounts,
  MatrixDefinition,
  MatrixFilter,
} from '../../src-main/common/comparison-matrix.ts';
import { orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';

export const matrixQueries = {
  /** Everything that is known of comparisons, to be asked anew. */
  all: () => orpc.comparisonMatrix.key(),

  counts: (definition: MatrixDefinition, text: string) =>
    queryOptions({
      ...orpc.comparisonMatrix.counts.queryOptions({ input: { ...definition, text } }),
      placeholderData: keepPreviousData,
    }),

  rows: (definition: MatrixDefinition, filter: MatrixFilter, number: number) =>
    orpc.comparisonMatrix.rows.queryOptions({
      input: { ...definition, filter, offset: number * PAGE, limit: PAGE },
    }),

  bytes: (definition: MatrixDefinition, filter: MatrixFilter) =>
    orpc.comparisonMatrix.bytes.queryOptions({ input: { ...definition, filter } }),

  unread: (definition: MatrixDefinition, filter: MatrixFilter) =>
    orpc.comparisonMatrix.unread.queryOptions({ input: { ...definition, filter } }),

  saved: () => orpc.comparisonMatrix.saved.queryOptions(),
  unreadableSaved: () => orpc.comparisonMatrix.unreadableSaved.queryOptions(),
  drift: (id: string) =>
    orpc.comparisonMatrix.drift.queryOptions({ input: { id, offset: 0, limit: DRIFT_SHOWN } }),
};

/** Tags that have changed, shown at once. */
const DRIFT_SHOWN = 100;

/** How many rows a filter leaves, of those whose names were filtered already. */
export function totalOf(
  counts: MatrixCounts | undefined,
  { other, states, newer }: MatrixFilter,
): number | undefined {
  const pair = counts?.pairs[other - 1];
  if (!counts || !pair) return undefined;
  if (newer) return pair.newer[newer];
  if (states.length === 0) return counts.rows;
  return states.reduce((sum, state) => sum + pair.tags[state], 0);
}
