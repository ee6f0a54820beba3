import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const localRegistryApi = ({ localRegistry }: Core) =>
  api.localRegistry.router({
    state: api.localRegistry.state.handler(() => localRegistry.state()),
    start: api.localRegistry.start.handler(({ input }) => localRegistry.start(input)),
    change: api.localRegistry.change.handler(({ input }) => localRegistry.change(input)),
    copyPassword: api.localRegistry.copyPassword.handler(() => localRegistry.copyPassword()),
    stop: api.localRegistry.stop.handler(() => localRegistry.stop()),
  });
