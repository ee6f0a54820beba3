import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const storageApi = ({ storage }: Core) =>
  api.storage.router({
    summary: api.storage.summary.handler(({ input: { accountId, ...part }, signal }) =>
      storage.summary(accountId, part, { signal }),
    ),
    repositories: api.storage.repositories.handler(({ input: { accountId, ...part }, signal }) =>
      storage.repositories(accountId, part, { signal }),
    ),
    children: api.storage.children.handler(({ input: { accountId, ...part }, signal }) =>
      storage.children(accountId, part, { signal }),
    ),
  });
