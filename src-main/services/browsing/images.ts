import type { DescribedImage } from '../../common/image.ts';
import { accountOf } from '../../common/place.ts';
import type { Inventory } from '../../data/index.ts';
import { describe, formatReference, isDigest } from '../../engine/index.ts';
import type { ImagesService } from '../core/images.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

export class Images implements ImagesService {
  readonly #inventory: Inventory;
  readonly #now: () => Date;

  constructor(inventory: Inventory, now: () => Date) {
    this.#inventory = inventory;
    this.#now = now;
  }

  async describe(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    { signal }: CallOptions = {},
  ): Promise<DescribedImage> {
    // What is cached by digest may have been deleted from the registry meanwhile: that must be reported.
    if (isDigest(reference)) await registry.urgentReader.head(repository, reference, signal);
    const image = await describe(registry.urgentReader, repository, reference, { signal });
    const account = accountOf(registry.place);
    if (account !== undefined && !isDigest(reference)) {
      const tag = { name: reference, digest: image.digest };
      void this.#inventory.tags(account, repository, [tag], this.#now().getTime());
    }
    const pullReference = formatReference({
      host: registry.host,
      repository,
      ...(isDigest(reference) ? { digest: reference } : { tag: reference }),
    });
    return { ...image, pullReference };
  }
}
