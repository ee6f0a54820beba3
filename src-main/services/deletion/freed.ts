import type { FreedBytes } from '../../common/storage.ts';
import { DataError, type Inventory } from '../../data/index.ts';
import { registryKey } from '../registry-key.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';

/** Tags that go of a repository. */
export interface GoneTags {
  repository: string;
  tags: readonly string[];
}

/** What becomes free in the whole registry without these tags; undefined where too little of them is known to say anything. */
export async function freedWithout(
  inventory: Inventory,
  { place }: RegistryHandle,
  gone: readonly GoneTags[],
  { signal }: CallOptions,
): Promise<FreedBytes | undefined> {
  const tags = gone.flatMap(({ repository, tags: names }) => names.map((tag) => ({ repository, tag })));
  if (tags.length === 0) return undefined;
  try {
    const freed = await inventory.ask('freed', { registry: registryKey(place), tags }, signal);
    return freed.bytes + freed.stillHeld.bytes === 0 && freed.unread > 0 ? undefined : freed;
  } catch (error) {
    if (error instanceof DataError) return undefined;
    throw error;
  }
}
