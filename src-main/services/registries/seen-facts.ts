import { DataError, type Inventory } from '../../data/index.ts';
import type { ManifestFacts, ManifestReader } from '../../engine/index.ts';

/** Milliseconds that facts wait to be stored, and how many of one repository do at most: a list is many small ones. */
const STORE_AFTER = 100;
const WAITING_MAX = 200;

/** Facts that the inventory has; one that cannot be read knows nothing. */
export function knownFacts(inventory: Inventory): NonNullable<ManifestReader['facts']> {
  return async (digests, signal) => {
    try {
      return await inventory.facts(digests, signal);
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      return [];
    }
  };
}

/** Facts of manifests that were read for a list, a page or a plan, on their way into the inventory. */
export class SeenFacts {
  readonly #inventory: Inventory;
  readonly #now: () => Date;
  /** By account and repository. */
  readonly #waiting = new Map<string, { account: string; repository: string; facts: ManifestFacts[] }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(inventory: Inventory, now: () => Date) {
    this.#inventory = inventory;
    this.#now = now;
  }

  add(account: string, repository: string, facts: readonly ManifestFacts[]): void {
    const key = `${account} ${repository}`;
    const waiting = this.#waiting.get(key) ?? { account, repository, facts: [] };
    this.#waiting.set(key, waiting);
    waiting.facts.push(...facts);
    if (waiting.facts.length >= WAITING_MAX) this.store();
    else this.#timer ??= setTimeout(() => this.store(), STORE_AFTER).unref();
  }

  /** Now; the inventory does it in the order in which it was asked to. */
  store(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const { account, repository, facts } of this.#waiting.values())
      void this.#inventory.manifests(account, repository, facts, this.#now().getTime());
    this.#waiting.clear();
  }
}
