import { useEffect } from 'react';
import type { Operation } from '../../src-main/common/operation.ts';
import { api } from '../api.ts';
import { toastFailure } from '../ui/toast.tsx';

/** Takes failed operations out of the status bar: somebody has looked at them. */
export function lookedAt(operations: readonly Operation[]): void {
  for (const { id, status, dismissed } of operations) {
    if (status === 'failed' && !dismissed) api.operations.dismiss({ operationId: id }).catch(toastFailure);
  }
}

/** An operation that is shown with all that is known of it has been looked at. */
export function useLookedAt(operation: Operation): void {
  useEffect(() => lookedAt([operation]), [operation]);
}
