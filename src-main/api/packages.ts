import type { Core } from '../services/index.ts';
import { api } from './base.ts';
import { imageAt } from './image-at.ts';

export const packagesApi = (core: Core) => {
  const { packages } = core;
  return api.packages.router({
    find: api.packages.find.handler(async ({ input: { image, ...options }, signal }) =>
      packages.find(await imageAt(core, image), { ...options, signal }),
    ),
    list: api.packages.list.handler(async ({ input: { image, ...options }, signal }) =>
      packages.list(await imageAt(core, image), { ...options, signal }),
    ),
    export: api.packages.export.handler(async ({ input: { image, format, to, ...options }, signal }) =>
      packages.export(await imageAt(core, image), format, to, { ...options, signal }),
    ),
  });
};
