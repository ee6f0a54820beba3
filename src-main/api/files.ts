import type { FilesImage } from '../common/files.ts';
import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const filesApi = ({ accounts, content, files }: Core) => {
  const imageOf = async ({ repository, reference, ...place }: FilesImage) => ({
    handle: 'place' in place ? content.handle(place.place) : await accounts.handle(place.accountId),
    repository,
    reference,
  });
  return api.files.router({
    layers: api.files.layers.handler(async ({ input: { image }, signal }) =>
      files.layers(await imageOf(image), { signal }),
    ),
    read: api.files.read.handler(async function* ({ input: { image, layers }, signal }) {
      yield* files.read(await imageOf(image), { layers, signal });
    }),
    list: api.files.list.handler(async ({ input: { image, ...place }, signal }) =>
      files.list(await imageOf(image), place, { signal }),
    ),
    search: api.files.search.handler(async ({ input: { image, ...search }, signal }) =>
      files.search(await imageOf(image), search, { signal }),
    ),
    wasted: api.files.wasted.handler(async ({ input: { image, ...page }, signal }) =>
      files.wasted(await imageOf(image), page, { signal }),
    ),
    open: api.files.open.handler(async ({ input: { image, ...place }, signal }) =>
      files.open(await imageOf(image), place, { signal }),
    ),
    save: api.files.save.handler(async ({ input: { image, ...saving }, signal }) =>
      files.save(await imageOf(image), saving, { signal }),
    ),
  });
};
