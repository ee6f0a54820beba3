import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const deletionApi = ({ accounts, deletion }: Core) =>
  api.deletion.router({
    plan: api.deletion.plan.handler(async function* ({
      input: { accountId, repository, tags, ...options },
      signal,
    }) {
      yield* deletion.planning(await accounts.handle(accountId), repository, tags, { ...options, signal });
    }),
    planRepositories: api.deletion.planRepositories.handler(async function* ({
      input: { accountId, attached, ...which },
      signal,
    }) {
      yield* deletion.planningRepositories(await accounts.handle(accountId), which, { attached, signal });
    }),
    planRename: api.deletion.planRename.handler(
      async ({ input: { accountId, repository, from, to }, signal }) =>
        await deletion.planRename(await accounts.handle(accountId), repository, { from, to, signal }),
    ),
  });
