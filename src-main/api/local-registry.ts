import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const localRegistryApi = ({ localRegistry, collections }: Core) =>
  api.localRegistry.router({
    state: api.localRegistry.state.handler(() => localRegistry.state()),
    start: api.localRegistry.start.handler(({ input }) => localRegistry.start(input)),
    change: api.localRegistry.change.handler(({ input }) => localRegistry.change(input)),
    usage: api.localRegistry.usage.handler(({ signal }) => collections.usage({ signal })),
    planCollection: api.localRegistry.planCollection.handler(async ({ input, signal }) =>
      collections.planFor(await localRegistry.handle(), { ...input, signal }),
    ),
    copyPassword: api.localRegistry.copyPassword.handler(() => localRegistry.copyPassword()),
    stop: api.localRegistry.stop.handler(() => localRegistry.stop()),
  });
