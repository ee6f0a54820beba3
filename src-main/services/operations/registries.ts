import type { RegistryPlace } from '../../common/place.ts';
import type { Registries } from '../registries/index.ts';
import type { OperationPlaces, PlaceAccess, RegistryHandle } from '../types.ts';
import type { OperationRegistries } from './kind.ts';

/** The registries that operations name. */
export class OperationPlacesOf {
  readonly #registries: Registries;

  constructor(registries: Registries) {
    this.#registries = registries;
  }

  at(place: RegistryPlace, access: PlaceAccess['target']): Promise<RegistryHandle> {
    return this.#registries.at(place, access);
  }

  /** @param access flags of the command line */
  async of(
    { reads, changes }: OperationPlaces,
    { source = {}, target = {} }: PlaceAccess,
  ): Promise<OperationRegistries> {
    const handles: { reads: RegistryHandle[]; changes: RegistryHandle[] } = { reads: [], changes: [] };
    for (const place of reads) handles.reads.push(await this.at(place, source));
    for (const place of changes) handles.changes.push(await this.at(place, target));
    return handles;
  }

  /** The same ones as they are set up now. */
  async fresh({ reads, changes }: OperationRegistries): Promise<OperationRegistries> {
    const again = (handles: readonly RegistryHandle[]) =>
      Promise.all(handles.map((handle) => this.#registries.fresh(handle)));
    return { reads: await again(reads), changes: await again(changes) };
  }
}
