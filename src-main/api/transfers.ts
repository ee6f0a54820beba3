import type { ContentPlace } from '../common/content.ts';
import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const transfersApi = ({ accounts, content, transfers }: Core) => {
  const handleOf = async (place: string | ContentPlace) =>
    typeof place === 'string' ? await accounts.handle(place) : content.handle(place);
  return api.transfers.router({
    planCopies: api.transfers.planCopies.handler(async ({ input, signal }) => {
      const [source, target] = await Promise.all([handleOf(input.source), handleOf(input.target)]);
      return await transfers.planCopies(source, target, input.copies, { ...input.options, signal });
    }),
    planSync: api.transfers.planSync.handler(async function* ({ input: { savedId, ...input }, signal }) {
      const source = await accounts.handle(input.source);
      const target = await accounts.handle(input.target);
      yield* transfers.planSync(source, target, input, { savedId, signal });
    }),
    narrow: api.transfers.narrow.handler(({ input: { planId, without } }) =>
      transfers.narrow(planId, without),
    ),
    countTags: api.transfers.countTags.handler(async function* ({ input, signal }) {
      const { accountId, repositories, ...rules } = input;
      yield* transfers.countTags(await accounts.handle(accountId), repositories, rules, { signal });
    }),
    saved: api.transfers.saved.handler(() => transfers.saved()),
    unreadableSaved: api.transfers.unreadableSaved.handler(() => transfers.unreadableSaved()),
    save: api.transfers.save.handler(({ input }) => transfers.save(input)),
    removeSaved: api.transfers.removeSaved.handler(({ input }) => transfers.removeSaved(input.id)),
  });
};
