import type { Inventory } from '../../data/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import { registryKey } from '../registry-key.ts';
import { knownSides } from './known-sides.ts';

export interface NamesElsewhereOptions {
  inventory: Inventory;
  scans: InventoryService;
  /** Unix milliseconds: what was looked at since is fresh. */
  since: number;
}

/** What sides whose registries give no list may be asked for by name: what is known of them, and what the other sides have. */
export class NamesElsewhere {
  readonly #sides: readonly MatrixSideAt[];
  readonly #options: NamesElsewhereOptions;
  readonly #keys: readonly string[];
  readonly #listed: readonly PromiseWithResolvers<void>[];

  constructor(sides: readonly MatrixSideAt[], options: NamesElsewhereOptions) {
    this.#sides = sides;
    this.#options = options;
    this.#keys = sides.map(({ registry }) => registryKey(registry.place));
    this.#listed = sides.map(() => Promise.withResolvers());
  }

  /** What a side has is known, as far as it will be before other sides are done. */
  listed(at: number): void {
    this.#listed[at]?.resolve();
  }

  /** Waits for the other sides. Those of the same registry wait for this one. @throws what the signal says, DataError */
  async of(at: number, signal: AbortSignal): Promise<string[]> {
    const { inventory, scans, since } = this.#options;
    // Others that give no list wait for this one.
    this.listed(at);
    const others = this.#listed.filter((_, other) => other !== at && this.#keys[other] !== this.#keys[at]);
    await orAborted(Promise.all(others.map(({ promise }) => promise)), signal);
    const sides = await knownSides(this.#sides, { inventory, scans });
    return await inventory.ask('matrixNames', { sides, side: at, since }, signal);
  }
}

async function orAborted(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
