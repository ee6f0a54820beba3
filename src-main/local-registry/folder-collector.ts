import type { CollectionService } from './storage/collection/types.ts';
import { RemoteCollector } from './storage/control.ts';
import { FolderInUse, lockAddress } from './storage/folder-lock.ts';
import { Identity } from './storage/identity.ts';
import { DiskStorage } from './storage/storage.ts';

/**
 * Garbage collection of a registry's folder, whoever has it: no one, then nobody can start the registry until `work` ends; or another
 * process of the same owner, which is asked to do it.
 */
export async function withCollector<T>(
  folder: string,
  work: (collector: CollectionService) => Promise<T>,
): Promise<T> {
  let storage: DiskStorage;
  try {
    storage = await DiskStorage.open(folder);
  } catch (error) {
    if (!(error instanceof FolderInUse)) throw error;
    const identity = await Identity.open(folder);
    return await work(new RemoteCollector(await lockAddress(folder, identity), identity));
  }
  try {
    return await work(storage.collector);
  } finally {
    await storage.close();
  }
}
