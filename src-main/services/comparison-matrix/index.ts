import type {
  DriftedTag,
  MatrixBytes,
  MatrixCounts,
  MatrixFilter,
  MatrixLooking,
  MatrixReading,
  MatrixRows,
  SavedComparison,
  SavedComparisonDraft,
} from '../../common/comparison-matrix.ts';
import { namesAt } from '../../common/side-names.ts';
import type { CopyOptions, CopyPlan } from '../../common/transfer.ts';
import type { Inventory } from '../../data/index.ts';
import type { ComparisonMatrixService, MatrixSideAt } from '../core/comparison-matrix.ts';
import type { InventoryService } from '../core/inventory.ts';
import type { TransfersService } from '../core/transfers.ts';
import { ServiceError } from '../errors.ts';
import { registryKey } from '../registry-key.ts';
import type { CallOptions } from '../types.ts';
import { knownSides } from './known-sides.ts';
import { lookAt } from './look.ts';
import { readUnread, type UnreadReading } from './read-unread.ts';
import type { SavedComparisons } from './saved.ts';
import type { SavedLooks } from './saved-looks.ts';

/** Rows read at a time for a plan. */
const ROWS_AT_ONCE = 1_000;

/** Manifests that are listed at a time to be read. */
const MANIFESTS_AT_ONCE = 5_000;

export interface ComparisonMatrixOptions {
  inventory: Inventory;
  scans: InventoryService;
  transfers: Pick<TransfersService, 'planCopies'>;
  saved: SavedComparisons;
  looks: SavedLooks;
  now: () => Date;
}

export class ComparisonMatrix implements ComparisonMatrixService {
  readonly #options: ComparisonMatrixOptions;

  constructor(options: ComparisonMatrixOptions) {
    this.#options = options;
  }

  look(
    sides: readonly MatrixSideAt[],
    options: CallOptions & { maxAge?: number | undefined } = {},
  ): AsyncGenerator<MatrixLooking, MatrixLooking, void> {
    const { inventory, scans, now } = this.#options;
    return lookAt(sides, { inventory, scans, now, ...options });
  }

  async rows(
    sides: readonly MatrixSideAt[],
    which: { filter: MatrixFilter; offset: number; limit: number },
    { signal }: CallOptions = {},
  ): Promise<MatrixRows> {
    return await this.#options.inventory.ask(
      'matrixRows',
      { sides: await this.#known(sides), ...which },
      signal,
    );
  }

  async counts(
    sides: readonly MatrixSideAt[],
    text: string,
    { signal }: CallOptions = {},
  ): Promise<MatrixCounts> {
    return await this.#options.inventory.ask(
      'matrixCounts',
      { sides: await this.#known(sides), text },
      signal,
    );
  }

  async bytes(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    { signal }: CallOptions = {},
  ): Promise<MatrixBytes> {
    return await this.#options.inventory.ask(
      'matrixBytes',
      { sides: await this.#known(sides), filter },
      signal,
    );
  }

  async unread(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    { signal }: CallOptions = {},
  ): Promise<{ manifests: number }> {
    const known = { sides: await this.#known(sides), filter, limit: 0 };
    const { total } = await this.#options.inventory.ask('matrixUnread', known, signal);
    return { manifests: total };
  }

  read(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    { signal }: CallOptions = {},
  ): AsyncGenerator<MatrixReading, MatrixReading, void> {
    const { inventory, now } = this.#options;
    const ask = async (stop: AbortSignal) =>
      await inventory.ask(
        'matrixUnread',
        { sides: await this.#known(sides), filter, limit: MANIFESTS_AT_ONCE },
        stop,
      );
    const note: UnreadReading['note'] = async ({ registry: { place } }, repository, facts) =>
      await inventory.manifests(registryKey(place), repository, facts, now().getTime());
    return readUnread(sides, { ask, note }, signal);
  }

  async planCopies(
    sides: readonly MatrixSideAt[],
    filter: MatrixFilter,
    { signal, ...options }: CallOptions & Partial<CopyOptions> = {},
  ): Promise<CopyPlan> {
    const [source, target] = [sides[0], sides[filter.other]];
    if (!source || !target) throw new ServiceError('invalidInput', 'There is no such side.');
    const nameAt = namesAt(target, source);
    const copies: Parameters<TransfersService['planCopies']>[2][number][] = [];
    for (let offset = 0; ; offset += ROWS_AT_ONCE) {
      const { items } = await this.rows(sides, { filter, offset, limit: ROWS_AT_ONCE }, { signal });
      for (const { tag, cells } of items) {
        const [cell] = cells;
        if (!cell || cell === 'unseen') continue;
        copies.push({
          source: { repository: cell.repository, reference: tag },
          target: { repository: nameAt(cell.repository), tag },
        });
      }
      if (items.length < ROWS_AT_ONCE) break;
    }
    if (copies.length === 0)
      throw new ServiceError('invalidInput', 'There is no such tag at the first side.');
    return await this.#options.transfers.planCopies(source.registry, target.registry, copies, {
      ...options,
      signal,
    });
  }

  saved(): SavedComparison[] {
    return this.#options.saved.list();
  }

  unreadableSaved(): { id: string; name: string }[] {
    return this.#options.saved.unreadable();
  }

  save(saved: SavedComparisonDraft): SavedComparison {
    return this.#options.saved.save(saved);
  }

  removeSaved(id: string): void {
    this.#options.saved.remove(id);
    void this.#options.inventory.forgetLooks(id);
  }

  async runSaved(
    id: string,
    options: CallOptions & { maxAge?: number | undefined } = {},
  ): Promise<SavedComparison> {
    const { saved, looks } = this.#options;
    if (!(await looks.run(saved.get(id), options)))
      throw new ServiceError('busy', 'Another process looks at this comparison.');
    return saved.get(id);
  }

  async drift(
    which: { id: string; offset: number; limit: number },
    { signal }: CallOptions = {},
  ): Promise<{ items: DriftedTag[]; total: number }> {
    return await this.#options.inventory.ask('matrixDrift', which, signal);
  }

  watch(options: CallOptions = {}): AsyncGenerator<SavedComparison, void, void> {
    return this.#options.saved.watch(options);
  }

  async #known(sides: readonly MatrixSideAt[]) {
    return await knownSides(sides, this.#options);
  }
}
