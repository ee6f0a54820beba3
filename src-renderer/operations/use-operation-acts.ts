import { useMutation } from '@tanstack/react-query';
import { orpc } from '../api.ts';
import { useUndo } from '../plans/use-undo.ts';
import { toastFailure } from '../ui/toast.tsx';

/** What the main side does about an operation when it is asked to. */
export function useOperationActs() {
  const options = { onError: toastFailure };
  return {
    pause: useMutation(orpc.operations.pause.mutationOptions(options)),
    cancel: useMutation(orpc.operations.cancel.mutationOptions(options)),
    retry: useMutation(orpc.operations.retry.mutationOptions(options)),
    dismiss: useMutation(orpc.operations.dismiss.mutationOptions(options)),
    undo: useUndo(),
  };
}
