import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const catalogApi = ({ accounts, catalog }: Core) =>
  api.catalog.router({
    overview: api.catalog.overview.handler(async ({ input, signal }) =>
      catalog.overview(await accounts.handle(input.accountId), { signal }),
    ),
    status: api.catalog.status.handler(({ input: { accountId } }) =>
      catalog.status(accountId, () => accounts.handle(accountId)),
    ),
    repositories: api.catalog.repositories.handler(async ({ input, signal }) =>
      catalog.repositories(await accounts.handle(input.accountId), { signal, known: true }),
    ),
    tags: api.catalog.tags.handler(async ({ input, signal }) =>
      catalog.tags(await accounts.handle(input.accountId), input.repository, { signal, known: true }),
    ),
    tagDetails: api.catalog.tagDetails.handler(async ({ input, signal }) =>
      catalog.tagDetails(await accounts.handle(input.accountId), input.repository, input.tags, {
        signal,
        known: true,
      }),
    ),
    knownImages: api.catalog.knownImages.handler(({ input }) =>
      catalog.knownImages(input.accountId, input.repository),
    ),
    untagged: api.catalog.untagged.handler(async ({ input, signal }) =>
      catalog.untagged(await accounts.handle(input.accountId), input.repository, { signal }),
    ),
    search: api.catalog.search.handler(({ input, signal }) =>
      catalog.search(input.text, input.limit, { signal }),
    ),
  });
