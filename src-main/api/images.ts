import type { Image } from '../contract/images.ts';
import type { Core, DescribedImage } from '../services/index.ts';
import { api } from './base.ts';

type Writable<T> = T extends object ? { -readonly [Key in keyof T]: Writable<T[Key]> } : T;

/** The same value: the contract's types only do not say `readonly`. What the contract does not name is dropped by it. */
function asContract(image: DescribedImage): Image {
  return image as Writable<DescribedImage>;
}

export const imagesApi = ({ accounts, images }: Core) =>
  api.images.router({
    get: api.images.get.handler(async ({ input: { accountId, repository, reference }, signal }) =>
      asContract(await images.describe(await accounts.handle(accountId), repository, reference, { signal })),
    ),
  });
