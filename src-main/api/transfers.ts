import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const transfersApi = ({ accounts, transfers }: Core) =>
  api.transfers.router({
    plan: api.transfers.plan.handler(async ({ input: { source, target }, signal }) => {
      const from = { registry: await accounts.handle(source.accountId), ...source };
      const to = { registry: await accounts.handle(target.accountId), ...target };
      return await transfers.planBetween(from, to, { signal });
    }),
    start: api.transfers.start.handler(({ input, signal }) => transfers.start(input.planId, { signal })),
  });
