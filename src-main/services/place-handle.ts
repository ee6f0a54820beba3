import type { PlaceHandle, RegistryHandle } from './types.ts';

export function isRegistry(handle: PlaceHandle): handle is RegistryHandle {
  return 'client' in handle;
}

/** Of an operation that is about registries only. */
export function registryOf([handle]: readonly PlaceHandle[]): RegistryHandle {
  if (handle && isRegistry(handle)) return handle;
  throw new TypeError('An operation without its registry.');
}
