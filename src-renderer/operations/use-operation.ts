import { skipToken, useQuery } from '@tanstack/react-query';
import type { Operation } from '../../src-main/common/operation.ts';
import { orpc } from '../api.ts';
import { operationQueries } from './queries.ts';

/** One operation: live while the window watches it, else as it is recorded. `error` where there is no such operation. */
export function useOperation(id: string | undefined): {
  operation: Operation | undefined;
  error: unknown;
  refetch: () => void;
} {
  const { data: known } = useQuery(operationQueries.watched());
  const live = id === undefined ? undefined : known?.get(id);
  const recorded = useQuery(
    orpc.operations.get.queryOptions({
      input: id === undefined || live ? skipToken : { operationId: id },
    }),
  );
  return {
    operation: live ?? recorded.data,
    error: live ? null : recorded.error,
    refetch: () => void recorded.refetch(),
  };
}
