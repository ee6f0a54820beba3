import type {
  BaseFamilies,
  ChosenStorage,
  FreedBytes,
  Holder,
  NamespaceSizes,
  RepositoryStorage,
  StorageChild,
  StorageDay,
  StorageKnown,
  StorageOrder,
  StorageSummary,
  StoredItem,
} from '../../common/storage.ts';
import type { Inventory, RepositoryTotals, Totals } from '../../data/index.ts';
import type { ChosenTag, Page, StoragePart, StorageService } from '../core/storage.ts';
import type { CallOptions } from '../types.ts';

/** What registries hold, as far as it was seen: the inventory's answers as the contract has them. */
export class Storage implements StorageService {
  readonly #inventory: Inventory;
  readonly #now: () => Date;

  constructor(inventory: Inventory, now: () => Date) {
    this.#inventory = inventory;
    this.#now = now;
  }

  async summary(registry: string, part: StoragePart, { signal }: CallOptions = {}): Promise<StorageSummary> {
    const { known, ...totals } = await this.#inventory.ask('summary', scopeOf(registry, part), signal);
    return { ...totals, known: knownOf(known) };
  }

  async repositories(
    registry: string,
    { sort, offset, limit, ...part }: StoragePart & Page & { sort: StorageOrder },
    { signal }: CallOptions = {},
  ): Promise<{ items: RepositoryStorage[]; total: number }> {
    const scope = scopeOf(registry, part);
    const asked = { scope, sort, offset, limit };
    const { items, total } = await this.#inventory.ask('repositoryTotals', asked, signal);
    return { items: items.map(repositoryOf), total };
  }

  async knownRepositories(
    registry: string,
    { after, limit }: { after?: string; limit: number },
    { signal }: CallOptions = {},
  ): Promise<RepositoryStorage[]> {
    const asked = { registry, limit, ...(after === undefined ? {} : { after }) };
    const items = await this.#inventory.ask('knownRepositoryTotals', asked, signal);
    return items.map(repositoryOf);
  }

  namespaces(
    registry: string,
    { offset, limit }: Page,
    { signal }: CallOptions = {},
  ): Promise<NamespaceSizes> {
    return this.#inventory.ask('namespaceSizes', { registry, offset, limit }, signal);
  }

  children(registry: string, part: StoragePart, { signal }: CallOptions = {}): Promise<StorageChild[]> {
    return this.#inventory.ask('namespaces', scopeOf(registry, part), signal);
  }

  largest(
    registry: string,
    { offset, limit, ...part }: StoragePart & Page,
    { signal }: CallOptions = {},
  ): Promise<{ items: StoredItem[]; total: number }> {
    return this.#inventory.ask('largest', { scope: scopeOf(registry, part), offset, limit }, signal);
  }

  duplicates(
    registry: string,
    { offset, limit, ...part }: StoragePart & Page,
    { signal }: CallOptions = {},
  ): Promise<{ items: StoredItem[]; total: number }> {
    return this.#inventory.ask('duplicates', { scope: scopeOf(registry, part), offset, limit }, signal);
  }

  holders(
    registry: string,
    { digest, offset, limit, ...part }: StoragePart & Page & { digest: string },
    { signal }: CallOptions = {},
  ): Promise<{ items: Holder[]; total: number }> {
    const scope = scopeOf(registry, part);
    return this.#inventory.ask('holders', { scope, digest, offset, limit }, signal);
  }

  async families(
    registry: string,
    { offset, limit, ...part }: StoragePart & Page,
    { signal }: CallOptions = {},
  ): Promise<BaseFamilies> {
    const asked = { scope: scopeOf(registry, part), offset, limit, now: this.#now().getTime() };
    const { asOf, ...found } = await this.#inventory.ask('families', asked, signal);
    return { ...found, ...(asOf === undefined ? {} : { asOf: new Date(asOf).toISOString() }) };
  }

  history(
    registry: string,
    { days, ...part }: StoragePart & { days: number },
    { signal }: CallOptions = {},
  ): Promise<StorageDay[]> {
    const asked = { scope: scopeOf(registry, part), days, now: this.#now().getTime() };
    return this.#inventory.ask('history', asked, signal);
  }

  dayTags(
    registry: string,
    { day, offset, limit, ...part }: StoragePart & Page & { day: string },
    { signal }: CallOptions = {},
  ): Promise<{ items: Holder[]; total: number }> {
    return this.#inventory.ask('dayTags', { scope: scopeOf(registry, part), day, offset, limit }, signal);
  }

  freed(
    registry: string,
    { tags, repositories = [] }: { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    { signal }: CallOptions = {},
  ): Promise<FreedBytes> {
    return this.#inventory.ask('freed', { registry, tags, repositories }, signal);
  }

  async chosen(
    registry: string,
    { tags, repositories = [] }: { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    { signal }: CallOptions = {},
  ): Promise<ChosenStorage> {
    const { known, ...sums } = await this.#inventory.ask('chosen', { registry, tags, repositories }, signal);
    return { ...sums, known: knownOf(known) };
  }

  staying(
    registry: string,
    {
      tags,
      repositories = [],
      offset,
      limit,
    }: Page & { tags: readonly ChosenTag[]; repositories?: readonly string[] },
    { signal }: CallOptions = {},
  ): Promise<{ items: StoredItem[]; total: number }> {
    return this.#inventory.ask('staying', { registry, tags, repositories, offset, limit }, signal);
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
