import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const inventoryApi = ({ accounts, inventory }: Core) =>
  api.inventory.router({
    scan: api.inventory.scan.handler(async ({ input: { accountId, ...scope } }) =>
      inventory.scan(await accounts.handle(accountId), scope),
    ),
    watch: api.inventory.watch.handler(({ signal }) => inventory.watch({ signal })),
    pause: api.inventory.pause.handler(({ input }) => inventory.pause(input.scanId)),
    resume: api.inventory.resume.handler(({ input }) => inventory.resume(input.scanId)),
    cancel: api.inventory.cancel.handler(({ input }) => inventory.cancel(input.scanId)),
    keepFresh: api.inventory.keepFresh.handler(({ input: { accountId, hours } }) =>
      accounts.keepFresh(accountId, hours),
    ),
  });
