import type {
  RepositoryStorage,
  StorageChild,
  StorageKnown,
  StorageOrder,
  StorageSummary,
} from '../../common/storage.ts';
import type { Inventory, RepositoryTotals, Totals } from '../../data/index.ts';
import type { StoragePart, StorageService } from '../core.ts';
import type { CallOptions } from '../types.ts';

/** What registries hold, as far as it was seen: the inventory's answers as the contract has them. */
export class Storage implements StorageService {
  readonly #inventory: Inventory;

  constructor(inventory: Inventory) {
    this.#inventory = inventory;
  }

  async summary(registry: string, part: StoragePart, { signal }: CallOptions = {}): Promise<StorageSummary> {
    const { known, ...totals } = await this.#inventory.ask('summary', scopeOf(registry, part), signal);
    return { ...totals, known: knownOf(known) };
  }

  async repositories(
    registry: string,
    { sort, offset, limit, ...part }: StoragePart & { sort: StorageOrder; offset: number; limit: number },
    { signal }: CallOptions = {},
  ): Promise<{ items: RepositoryStorage[]; total: number }> {
    const scope = scopeOf(registry, part);
    const { items, total } = await this.#inventory.ask(
      'repositoryTotals',
      { scope, sort, offset, limit },
      signal,
    );
    return { items: items.map(repositoryOf), total };
  }

  children(registry: string, part: StoragePart, { signal }: CallOptions = {}): Promise<StorageChild[]> {
    return this.#inventory.ask('namespaces', scopeOf(registry, part), signal);
  }
}

function scopeOf(registry: string, { namespace, repository }: StoragePart) {
  return {
    registry,
    ...(namespace === undefined ? {} : { namespace }),
    ...(repository === undefined ? {} : { repository }),
  };
}

function knownOf({ asOf, ...known }: Totals['known']): StorageKnown {
  return { ...known, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) };
}

function repositoryOf({
  unread,
  estimated: _,
  seen,
  scanned,
  ...totals
}: RepositoryTotals): RepositoryStorage {
  return {
    ...totals,
    seen: new Date(seen).toISOString(),
    complete: scanned !== undefined && unread === 0,
  };
}
