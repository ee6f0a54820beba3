import path from 'node:path';
import type { ManifestFacts } from '../../src-main/common/facts.ts';
import { Inventory } from '../../src-main/data/index.ts';
import { whenFinished } from './cleanup.ts';
import { temporaryFolder } from './temporary.ts';

/** The inventory of a folder, closed when the test ends. */
export function inventoryIn(folder: string): Inventory {
  const inventory = new Inventory({
    inventory: path.join(folder, 'inventory.db'),
    former: path.join(folder, 'wharfinger.db'),
  });
  whenFinished(() => inventory.close());
  return inventory;
}

export async function emptyInventory(): Promise<Inventory> {
  return inventoryIn(await temporaryFolder());
}

/** Of an image without a config. @param layers their sizes by their digests */
export function imageFacts(digest: string, layers: Readonly<Record<string, number>>): ManifestFacts {
  return {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image',
    size: 7,
    platforms: [{ os: 'linux', architecture: 'amd64' }],
    attested: false,
    children: [],
    blobs: Object.entries(layers).map(([layer, size]) => ({
      digest: layer,
      size,
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      role: 'layer',
    })),
  };
}
