import type { ComparisonRun, SavedComparison } from '../../common/comparison-matrix.ts';
import type { Inventory } from '../../data/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import { isRunDue, Schedule } from '../periodic.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { knownSides } from './known-sides.ts';
import { lookAt } from './look.ts';
import type { SavedComparisons } from './saved.ts';

type Ended = Omit<ComparisonRun, 'at'>;
type LookingOptions = CallOptions & { maxAge?: number | undefined };
export type SavedLooks = Schedule<SavedComparison, Ended, LookingOptions>;

export interface SavedLooksOptions {
  saved: SavedComparisons;
  inventory: Inventory;
  scans: InventoryService;
  handle: (accountId: string) => Promise<RegistryHandle>;
  now: () => Date;
}

/** Looks at saved comparisons, when they are due in hosts that stay open, and keeps what has changed from one look to the next. */
export function scheduleLooks({ saved, inventory, scans, handle, now }: SavedLooksOptions): SavedLooks {
  const work = async ({ id, definition }: SavedComparison, options: LookingOptions): Promise<Ended> => {
    const sides: MatrixSideAt[] = [];
    for (const { accountId, ...side } of definition.sides)
      sides.push({ ...side, registry: await handle(accountId) });
    const looking = lookAt(sides, { inventory, scans, now, ...options });
    let step = await looking.next();
    while (!step.done) step = await looking.next();
    const failure = step.value.sides.find((side) => side.failure)?.failure;
    // What is not known would look like drift.
    if (failure) return { outcome: 'failed', failure };
    const at = now().getTime();
    const found = await inventory.keepLook({
      id,
      sides: await knownSides(sides, { inventory, scans }),
      at,
    });
    return { outcome: 'looked', ...found };
  };
  const isDue = (comparison: SavedComparison, time: number) => isRunDue(comparison, comparison.created, time);
  return new Schedule({ saved, isDue, work, now });
}
