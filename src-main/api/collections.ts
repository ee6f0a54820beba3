import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const collectionsApi = ({ accounts, collections }: Core) =>
  api.collections.router({
    readOutput: api.collections.readOutput.handler(({ input: { accountId, output }, signal }) =>
      collections.readOutput(accountId, output, { signal }),
    ),
    runs: api.collections.runs.handler(async ({ input: { accountId }, signal }) =>
      collections.remoteRuns(await accounts.handle(accountId), { signal }),
    ),
    plan: api.collections.plan.handler(async ({ input: { accountId, untagged }, signal }) =>
      collections.planRemote(await accounts.handle(accountId), { untagged, signal }),
    ),
  });
