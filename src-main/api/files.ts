import type { Core } from '../services/index.ts';
import { api } from './base.ts';
import { imageAt } from './image-at.ts';

export const filesApi = (core: Core) => {
  const { files } = core;
  return api.files.router({
    layers: api.files.layers.handler(async ({ input: { image }, signal }) =>
      files.layers(await imageAt(core, image), { signal }),
    ),
    read: api.files.read.handler(async function* ({ input: { image, layers }, signal }) {
      yield* files.read(await imageAt(core, image), { layers, signal });
    }),
    changes: api.files.changes.handler(async ({ input: { image }, signal }) => ({
      layers: await files.changes(await imageAt(core, image), { signal }),
    })),
    list: api.files.list.handler(async ({ input: { image, ...place }, signal }) =>
      files.list(await imageAt(core, image), place, { signal }),
    ),
    search: api.files.search.handler(async ({ input: { image, ...search }, signal }) =>
      files.search(await imageAt(core, image), search, { signal }),
    ),
    wasted: api.files.wasted.handler(async ({ input: { image, ...page }, signal }) =>
      files.wasted(await imageAt(core, image), page, { signal }),
    ),
    open: api.files.open.handler(async ({ input: { image, ...place }, signal }) =>
      files.open(await imageAt(core, image), place, { signal }),
    ),
    save: api.files.save.handler(async ({ input: { image, ...saving }, signal }) =>
      files.save(await imageAt(core, image), saving, { signal }),
    ),
  });
};
