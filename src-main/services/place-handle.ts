import { type ContentSource, RegistryContent } from '../engine/index.ts';
import type { PlaceHandle, RegistryHandle } from './types.ts';

export function isRegistry(handle: PlaceHandle): handle is RegistryHandle {
  return 'client' in handle;
}

/** Of an operation that is about registries only. */
export function registryOf([handle]: readonly PlaceHandle[]): RegistryHandle {
  if (handle && isRegistry(handle)) return handle;
  throw new TypeError('An operation without its registry.');
}

/** A place as the source of what a user waits for: it may use the last pulls where the registry counts them. */
export async function urgentSourceOf(handle: PlaceHandle, signal?: AbortSignal): Promise<ContentSource> {
  if (!isRegistry(handle)) return await handle.source(signal);
  return new RegistryContent(handle.client, handle.urgentReader);
}
