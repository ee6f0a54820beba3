import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const auditApi = ({ audit }: Core) =>
  api.audit.router({
    history: api.audit.history.handler(({ input: { offset, limit, ...filter }, signal }) =>
      audit.history(filter, { offset, limit }, { signal }),
    ),
    choices: api.audit.choices.handler(({ signal }) => audit.choices({ signal })),
    changes: api.audit.changes.handler(({ input: { operationId, ...page } }) =>
      audit.changes(operationId, page),
    ),
    export: api.audit.export.handler(({ input: { format, ...filter }, signal }) =>
      audit.export(filter, format, { signal }),
    ),
    verify: api.audit.verify.handler(({ signal }) => audit.verify([], { signal })),
  });
