import type { ScannedPart } from '../../common/inventory.ts';
import type { Inventory } from '../../data/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import { registryKey } from '../registry-key.ts';

/** Sides as the inventory names them, and whether it knows all of their repositories. */
export async function knownSides(
  sides: readonly MatrixSideAt[],
  { inventory, scans }: { inventory: Inventory; scans: InventoryService },
): Promise<Parameters<Inventory['keepLook']>[0]['sides']> {
  return await Promise.all(
    sides.map(async ({ registry, rename, ...side }) => {
      const key = registryKey(registry.place);
      const part = partOf(side);
      const last = await scans.lastOf(registry, part);
      const whole =
        (last !== undefined && !last.byName) || (await inventory.countedRepositories(key)) !== undefined;
      return { registry: key, ...part, rename, whole };
    }),
  );
}

export function partOf({ namespace, repository }: ScannedPart): ScannedPart {
  return {
    ...(namespace === undefined ? {} : { namespace }),
    ...(repository === undefined ? {} : { repository }),
  };
}
