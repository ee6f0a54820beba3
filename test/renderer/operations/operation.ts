import type { Operation } from '../../../src-main/common/operation.ts';

/** An operation as the main side reports it; `more` says what matters to a test. */
export function makeOperation(
  id: string,
  subject: Operation['subject'],
  more: Partial<Operation> = {},
): Operation {
  return {
    id,
    subject,
    title: `operation ${id}`,
    status: 'done',
    started: '2024-01-01T00:00:00Z',
    progress: {
      steps: { done: 1, total: 1 },
      bytes: { done: 0, total: 0 },
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
      rate: 0,
    },
    actions: { pause: false, cancel: false, retry: false, undo: false, dismiss: false },
    dismissed: false,
    ...more,
  };
}
