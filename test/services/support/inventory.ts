import { join } from 'node:path';
import { Inventory } from '../../../src-main/data/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import type { TestManifest } from '../../support/images.ts';

/** The inventory of a core, seen from beside it. */
export function inventoryOf({ home }: { home: string }): Inventory {
  const inventory = new Inventory({ inventory: join(home, 'inventory.db'), former: '' });
  whenFinished(() => inventory.close());
  return inventory;
}

/** Bytes of manifests and all that they need, each digest once. */
export function bytesOf(...manifests: readonly TestManifest[]): number {
  const sizes = new Map<string, number>();
  const add = (manifest: TestManifest): void => {
    for (const { digest, bytes } of [manifest, ...manifest.blobs]) sizes.set(digest, bytes.length);
    manifest.children.forEach(add);
  };
  manifests.forEach(add);
  return [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);
}
