import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const deletionApi = ({ accounts, deletion }: Core) =>
  api.deletion.router({
    plan: api.deletion.plan.handler(
      async ({ input: { accountId, repository, tags, attached, kept }, signal }) => {
        const { place, ...plan } = await deletion.planFor(
          await accounts.handle(accountId),
          repository,
          tags,
          {
            attached,
            kept,
            signal,
          },
        );
        return { ...plan, place, host: place.host };
      },
    ),
    start: api.deletion.start.handler(({ input, signal }) =>
      deletion.start(input.planId, input.consent, { signal }),
    ),
  });
