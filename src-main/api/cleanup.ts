import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const cleanupApi = ({ accounts, cleanup }: Core) =>
  api.cleanup.router({
    saved: api.cleanup.saved.handler(({ input }) => cleanup.saved(input.accountId)),
    versions: api.cleanup.versions.handler(({ input }) => cleanup.versions(input.id)),
    save: api.cleanup.save.handler(({ input }) => cleanup.save(input)),
    remove: api.cleanup.remove.handler(({ input }) => cleanup.remove(input.id)),
    watch: api.cleanup.watch.handler(({ signal }) => cleanup.watch({ signal })),
    preview: api.cleanup.preview.handler(({ input: { accountId, text, inUse, ...scope }, signal }) =>
      cleanup.preview(accountId, { scope, text, inUse }, { signal }),
    ),
    plan: api.cleanup.plan.handler(async function* ({
      input: { accountId, text, inUse, kubeconfig, name, saved, ...scope },
      signal,
    }) {
      const rules = { name, version: 0, ...saved };
      const given = { scope, text, inUse, ...(kubeconfig === undefined ? {} : { kubeconfig }) };
      yield* cleanup.planning(await accounts.handle(accountId), given, rules, { signal });
    }),
  });
