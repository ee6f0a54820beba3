import type { CopyOptions, TransferSummary } from '../../common/transfer.ts';
import {
  type BeforeTag,
  type ContentSource,
  type ContentTarget,
  isImmutable,
  type PlatformChoice,
  RegistryContent,
  type RegistryError,
  type TransferPlan,
  whyNotWritten,
} from '../../engine/index.ts';
import { isRegistry } from '../place-handle.ts';
import type { PlaceHandle, RegistryHandle } from '../types.ts';

export async function sourceOf(handle: PlaceHandle, signal?: AbortSignal): Promise<ContentSource> {
  if (!isRegistry(handle)) return await handle.source(signal);
  return new RegistryContent(handle.client, handle.reader);
}

/** @param beforeTag called for tags of registries: what is elsewhere is not kept for an undo */
export async function targetOf(handle: PlaceHandle, beforeTag?: BeforeTag): Promise<ContentTarget> {
  if (!isRegistry(handle)) return await handle.target();
  return new RegistryContent(handle.client, handle.reader, {
    beforeTag,
    keeps: async (repository, tag, signal) =>
      await isImmutable(await handle.identification.registry({ signal }), repository, tag, signal),
    refuses: refusalsOf(handle),
  });
}

/** Each namespace is asked about once: what caches another registry is one as a whole. */
function refusalsOf({ identification }: RegistryHandle) {
  const known = new Map<string, Promise<RegistryError | undefined>>();
  return async (repository: string, signal: AbortSignal): Promise<RegistryError | undefined> => {
    const registry = await identification.registry({ signal });
    const namespace = registry.abilities.proxyCaches
      ? repository.slice(0, repository.lastIndexOf('/') + 1)
      : '';
    const found = known.get(namespace) ?? whyNotWritten(registry, repository, { signal });
    known.set(namespace, found);
    return await found;
  };
}

/** Blobs can be mounted between accounts of one registry as well; it decides itself whether the user may. */
export function isSameRegistry(one: PlaceHandle, other: PlaceHandle): boolean {
  if (!isRegistry(one) || !isRegistry(other)) return false;
  return one.client.url.origin === other.client.url.origin;
}

export function platformChoice({
  platforms = [],
  index = 'rewritten',
}: Partial<CopyOptions>): PlatformChoice | undefined {
  return platforms.length === 0 ? undefined : { platforms, index };
}

/** A plan's blobs by what becomes of them. */
export function talliesOf({ blobs }: TransferPlan): TransferSummary['blobs'] {
  const tallies = {
    present: { count: 0, bytes: 0 },
    mount: { count: 0, bytes: 0 },
    send: { count: 0, bytes: 0 },
  };
  for (const { state, descriptor } of blobs) {
    tallies[state].count++;
    tallies[state].bytes += descriptor.size;
  }
  return tallies;
}
