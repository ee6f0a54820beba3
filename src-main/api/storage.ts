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
    knownRepositories: api.storage.knownRepositories.handler(({ input: { accountId, ...page }, signal }) =>
      storage.knownRepositories(accountId, page, { signal }),
    ),
    namespaces: api.storage.namespaces.handler(({ input: { accountId, ...page }, signal }) =>
      storage.namespaces(accountId, page, { signal }),
    ),
    children: api.storage.children.handler(({ input: { accountId, ...part }, signal }) =>
      storage.children(accountId, part, { signal }),
    ),
    largest: api.storage.largest.handler(({ input: { accountId, ...part }, signal }) =>
      storage.largest(accountId, part, { signal }),
    ),
    duplicates: api.storage.duplicates.handler(({ input: { accountId, ...part }, signal }) =>
      storage.duplicates(accountId, part, { signal }),
    ),
    holders: api.storage.holders.handler(({ input: { accountId, ...part }, signal }) =>
      storage.holders(accountId, part, { signal }),
    ),
    families: api.storage.families.handler(({ input: { accountId, ...part }, signal }) =>
      storage.families(accountId, part, { signal }),
    ),
    history: api.storage.history.handler(({ input: { accountId, ...part }, signal }) =>
      storage.history(accountId, part, { signal }),
    ),
    dayTags: api.storage.dayTags.handler(({ input: { accountId, ...part }, signal }) =>
      storage.dayTags(accountId, part, { signal }),
    ),
    freed: api.storage.freed.handler(({ input: { accountId, ...choice }, signal }) =>
      storage.freed(accountId, choice, { signal }),
    ),
    chosen: api.storage.chosen.handler(({ input: { accountId, ...choice }, signal }) =>
      storage.chosen(accountId, choice, { signal }),
    ),
    staying: api.storage.staying.handler(({ input: { accountId, ...choice }, signal }) =>
      storage.staying(accountId, choice, { signal }),
    ),
  });
