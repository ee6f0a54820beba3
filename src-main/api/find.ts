import type { Core } from '../services/index.ts';
import { api } from './base.ts';
import { imageAt } from './image-at.ts';

export const findApi = (core: Core) => {
  const { find } = core;
  return api.find.router({
    digests: api.find.digests.handler(async ({ input: { text }, signal }) => ({
      items: await find.digests(text, { signal }),
    })),
    packages: api.find.packages.handler(({ input, signal }) => find.packages(input, { signal })),
    files: api.find.files.handler(({ input: { text }, signal }) => find.files(text, { signal })),
    places: api.find.places.handler(({ input, signal }) => find.places(input, { signal })),
    looked: api.find.looked.handler(({ input: { accountId }, signal }) => find.looked(accountId, { signal })),
    unreadLayers: api.find.unreadLayers.handler(({ input: { accountId }, signal }) =>
      find.unreadLayers(accountId, { signal }),
    ),
    look: api.find.look.handler(({ input: { accountId, what } }) => void find.look(what, accountId)),
    stop: api.find.stop.handler(() => find.stop()),
    watch: api.find.watch.handler(({ signal }) => find.watch({ signal })),
    base: api.find.base.handler(async ({ input: { index, ...image }, signal }) =>
      find.base(await imageAt(core, image), { index, signal }),
    ),
  });
};
