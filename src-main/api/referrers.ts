import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const referrersApi = ({ accounts, referrers }: Core) =>
  api.referrers.router({
    list: api.referrers.list.handler(async ({ input, signal }) => {
      const { accountId, repository, reference, child } = input;
      return await referrers.list(await accounts.handle(accountId), repository, reference, { child, signal });
    }),
    save: api.referrers.save.handler(async ({ input: { accountId, repository, to, ...blob }, signal }) =>
      referrers.save(await accounts.handle(accountId), repository, blob, to, { signal }),
    ),
  });
