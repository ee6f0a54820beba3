import type { Failure } from '../../common/failure.ts';
import type { DescribedImage } from '../../common/image.ts';
import { accountOf } from '../../common/place.ts';
import type { Inventory } from '../../data/index.ts';
import { describe, formatReference, isDigest } from '../../engine/index.ts';
import type { DescribeOptions, ImagesService } from '../core/images.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';

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
    { known = false, signal }: DescribeOptions = {},
  ): Promise<DescribedImage> {
    try {
      return await this.#read(registry, repository, reference, signal);
    } catch (error) {
      const failure = failureOf(error);
      if (!known || !isHopeless(failure.code)) throw error;
      const image = await this.#known(registry, repository, reference, { failure, signal });
      if (!image) throw error;
      return image;
    }
  }

  async #read(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    signal: AbortSignal | undefined,
  ): Promise<DescribedImage> {
    // What is cached by digest may have been deleted from the registry meanwhile: that must be reported.
    if (isDigest(reference)) await registry.urgentReader.head(repository, reference, signal);
    const image = await describe(registry.urgentReader, repository, reference, { signal });
    const account = accountOf(registry.place);
    if (account !== undefined && !isDigest(reference)) {
      const tag = { name: reference, digest: image.digest };
      void this.#inventory.tags(account, repository, [tag], this.#now().getTime());
    }
    return { ...image, pullReference: pullReferenceOf(registry, repository, reference) };
  }

  /** From what was read before, where that is all there. */
  async #known(
    registry: RegistryHandle,
    repository: string,
    reference: string,
    { failure, signal }: { failure: Failure; signal: AbortSignal | undefined },
  ): Promise<DescribedImage | undefined> {
    try {
      const account = accountOf(registry.place);
      const tag = isDigest(reference) ? undefined : reference;
      const [summary] =
        tag === undefined || account === undefined
          ? []
          : await this.#inventory.summaries(account, repository, [tag]);
      const digest = tag === undefined ? reference : summary?.digest;
      if (digest === undefined) return undefined;
      const image = await describe(registry.urgentReader, repository, digest, { signal });
      const seen = summary && new Date(summary.seen).toISOString();
      return {
        ...image,
        reference,
        pullReference: pullReferenceOf(registry, repository, reference),
        known: { failure, ...(seen !== undefined && { seen }) },
      };
    } catch {
      // It is a help: what is reported is why the registry could not be asked.
      return undefined;
    }
  }
}

function pullReferenceOf({ host }: RegistryHandle, repository: string, reference: string): string {
  return formatReference({
    host,
    repository,
    ...(isDigest(reference) ? { digest: reference } : { tag: reference }),
  });
}
