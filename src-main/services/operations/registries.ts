import type { AnyPlace } from '../../common/place.ts';
import type { Content } from '../content/index.ts';
import { isRegistry } from '../place-handle.ts';
import type { Registries } from '../registries/index.ts';
import type { OperationPlaces, PlaceAccess, PlaceHandle } from '../types.ts';
import type { OperationRegistries } from './kind.ts';

/** The places that operations name. */
export class OperationPlacesOf {
  readonly #registries: Registries;
  readonly #content: Content;

  constructor(registries: Registries, content: Content) {
    this.#registries = registries;
    this.#content = content;
  }

  async at(place: AnyPlace, access: PlaceAccess['target']): Promise<PlaceHandle> {
    if ('content' in place) return this.#content.handle(place.content);
    return await this.#registries.at(place, access);
  }

  /** @param access flags of the command line */
  async of(
    { reads, changes }: OperationPlaces,
    { source = {}, target = {} }: PlaceAccess,
  ): Promise<OperationRegistries> {
    const handles: { reads: PlaceHandle[]; changes: PlaceHandle[] } = { reads: [], changes: [] };
    for (const place of reads) handles.reads.push(await this.at(place, source));
    for (const place of changes) handles.changes.push(await this.at(place, target));
    return handles;
  }

  /** The same ones as they are set up now. */
  async fresh({ reads, changes }: OperationRegistries): Promise<OperationRegistries> {
    const again = (handles: readonly PlaceHandle[]) =>
      Promise.all(
        handles.map(async (handle) => (isRegistry(handle) ? await this.#registries.fresh(handle) : handle)),
      );
    return { reads: await again(reads), changes: await again(changes) };
  }

  /** Keeps it open until the answer is called. */
  lease(handle: PlaceHandle): () => void {
    return isRegistry(handle) ? this.#registries.lease(handle.client) : handle.lease();
  }
}
