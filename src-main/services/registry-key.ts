import { accountOf, type RegistryPlace } from '../common/place.ts';

/** How the inventory names a registry: by its account or, where it has none, by its origin. */
export function registryKey(place: RegistryPlace): string {
  return accountOf(place) ?? ('origin' in place ? place.origin : '');
}
