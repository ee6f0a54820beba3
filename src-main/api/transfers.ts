import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const transfersApi = ({ accounts, transfers }: Core) =>
  api.transfers.router({
    plan: api.transfers.plan.handler(async ({ input: { source, target, options }, signal }) => {
      const from = { registry: await accounts.handle(source.accountId), ...source };
      const to = { registry: await accounts.handle(target.accountId), ...target };
      return await transfers.planBetween(from, to, { ...options, signal });
    }),
    planSync: api.transfers.planSync.handler(async function* ({ input, signal }) {
      const source = await accounts.handle(input.source);
      const target = await accounts.handle(input.target);
      yield* transfers.planSync(source, target, input, { signal });
    }),
    planItems: api.transfers.planItems.handler(({ input: { planId, ...page } }) =>
      transfers.planItems(planId, page),
    ),
    start: api.transfers.start.handler(({ input: { planId, savedId }, signal }) =>
      transfers.start(planId, { savedId, signal }),
    ),
    saved: api.transfers.saved.handler(() => transfers.saved()),
    unreadableSaved: api.transfers.unreadableSaved.handler(() => transfers.unreadableSaved()),
    save: api.transfers.save.handler(({ input }) => transfers.save(input)),
    removeSaved: api.transfers.removeSaved.handler(({ input }) => transfers.removeSaved(input.id)),
  });
