import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const operationsApi = ({ operations, plans }: Core) =>
  api.operations.router({
    watch: api.operations.watch.handler(({ signal }) => operations.watch({ signal })),
    get: api.operations.get.handler(({ input }) => operations.get(input.operationId)),
    history: api.operations.history.handler(({ input: { limit, before, kinds } }) =>
      operations.history(limit, before, kinds),
    ),
    items: api.operations.items.handler(({ input: { operationId, ...page } }) =>
      operations.items(operationId, page),
    ),
    watchDetails: api.operations.watchDetails.handler(({ input, signal }) =>
      operations.watchDetails(input.operationId, { signal }),
    ),
    pause: api.operations.pause.handler(({ input }) => operations.pause(input.operationId)),
    cancel: api.operations.cancel.handler(({ input }) => operations.cancel(input.operationId)),
    retry: api.operations.retry.handler(({ input }) => operations.retry(input.operationId)),
    planUndo: api.operations.planUndo.handler(({ input, signal }) =>
      plans.planUndo(input.operationId, { signal }),
    ),
    dismiss: api.operations.dismiss.handler(({ input }) => operations.dismiss(input.operationId)),
  });
