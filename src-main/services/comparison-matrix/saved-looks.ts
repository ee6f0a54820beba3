import type { ComparisonRun, SavedComparison } from '../../common/comparison-matrix.ts';
import type { Inventory } from '../../data/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import { ServiceError } from '../errors.ts';
import { failureOf } from '../failure.ts';
import { isRunDue, Periodic } from '../periodic.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { knownSides } from './known-sides.ts';
import { lookAt } from './look.ts';
import type { SavedComparisons } from './saved.ts';

export interface SavedLooksOptions {
  saved: SavedComparisons;
  inventory: Inventory;
  scans: InventoryService;
  handle: (accountId: string) => Promise<RegistryHandle>;
  now: () => Date;
}

/** Looks at saved comparisons, when they are due in hosts that stay open, and keeps what has changed from one look to the next. */
export class SavedLooks {
  readonly #options: SavedLooksOptions;
  readonly #periodic = new Periodic((signal) => this.#runDue(signal));

  constructor(options: SavedLooksOptions) {
    this.#options = options;
  }

  start(): void {
    this.#periodic.start();
  }

  async close(): Promise<void> {
    await this.#periodic.close();
  }

  /** Looks at what is due, one after the other. */
  look(): Promise<void> {
    return this.#periodic.look();
  }

  /** @throws ServiceError `busy` where another process has begun it */
  async run(
    comparison: SavedComparison,
    options: CallOptions & { maxAge?: number | undefined } = {},
  ): Promise<SavedComparison> {
    const { saved, now } = this.#options;
    const begun: ComparisonRun = { at: now().toISOString(), outcome: 'running' };
    if (!saved.noteRun(comparison, begun))
      throw new ServiceError('busy', 'Another process looks at this comparison.');
    const ended = await this.#one(comparison, options);
    saved.noteRun({ ...comparison, lastRun: begun }, { at: begun.at, ...ended });
    return saved.get(comparison.id);
  }

  async #runDue(signal: AbortSignal): Promise<void> {
    const { saved, now } = this.#options;
    for (const comparison of saved.list()) {
      if (signal.aborted) return;
      const { schedule, lastRun, created } = comparison;
      if (!schedule || !isRunDue({ hours: schedule.hours, last: lastRun, since: created }, now().getTime()))
        continue;
      // Another process may have begun it.
      await this.run(comparison, { signal }).catch(() => {});
    }
  }

  async #one(
    { id, definition }: SavedComparison,
    options: CallOptions & { maxAge?: number | undefined },
  ): Promise<Omit<ComparisonRun, 'at'>> {
    const { inventory, scans, handle, now } = this.#options;
    try {
      const sides: MatrixSideAt[] = [];
      for (const { accountId, ...side } of definition.sides)
        sides.push({ ...side, registry: await handle(accountId) });
      const looking = lookAt(sides, { scans, now, ...options });
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
    } catch (error) {
      return { outcome: 'failed', failure: failureOf(error) };
    }
  }
}
