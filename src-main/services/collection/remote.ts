import type { RemoteRun } from '../../common/collection-remote.ts';
import type { CollectionRun, GarbageCollector } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** @throws ServiceError `unsupported` where the product has none; {RegistryError} */
export async function collectorOf(
  { identification }: RegistryHandle,
  { signal }: CallOptions,
): Promise<GarbageCollector> {
  const { abilities } = await identification.registry({ signal });
  if (abilities.collector) return abilities.collector;
  throw new ServiceError(
    'unsupported',
    'This registry does not collect garbage when it is asked by its API.',
  );
}

export function remoteRunOf({ freed, ...run }: CollectionRun): RemoteRun {
  return { ...run, ...(freed && { freed: { ...freed } }) };
}
