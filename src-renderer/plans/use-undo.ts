import type { Operation } from '../../src-main/common/operation.ts';
import { api } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';
import { useMakePlan } from './use-make-plan.ts';

/** Opens the plan that takes an operation back; it is confirmed like any other. */
export function useUndo() {
  const { mutate, isPending } = useMakePlan();
  return {
    isPending,
    undo: ({ id }: Pick<Operation, 'id'>) =>
      mutate((signal) => api.operations.planUndo({ operationId: id }, signal ? { signal } : {}), {
        onError: toastFailure,
      }),
  };
}
