import { Kept } from '../lists/kept.ts';
import { RowOrder } from '../ui/row-order.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import type { Sort } from '../ui/sort.ts';
import { type FilterCounts, noCounts, passes, type RepositoryFilter, tally } from './filters.ts';
import type { KnownRepositories } from './known.ts';
import { comparers, type SortableColumn } from './order.ts';
import { filterRepositories, type RepositoryList } from './rows.ts';
import { type SizedRow, SizedRows, sizeOf } from './sized-rows.ts';
import { type ListedRow, type RepositoryTree, Trees } from './tree.ts';

export interface ShownOptions {
  readonly list: RepositoryList;
  readonly known: KnownRepositories | undefined;
  readonly filter: string;
  readonly filters: readonly RepositoryFilter[];
  readonly sort: Sort<SortableColumn>;
  /** What each namespace holds. */
  readonly sizes: ReadonlyMap<string, number> | undefined;
  /** Arranged by namespace, all but these open; a flat list without. */
  readonly closed: ReadonlySet<string> | undefined;
  /** Unix milliseconds; ages are of days, so that some minutes more change nothing. */
  readonly now: number;
}

/** Milliseconds for which what was picked by age stands. */
const SAME_NOW_MS = 600_000;

interface Joined {
  readonly rows: readonly SizedRow[];
  /** Bytes of the largest. */
  readonly widest: number;
  /** How many have a size, and how many can have one. */
  readonly sized: number;
  readonly usable: number;
  /** When something was pushed is known of one at least. */
  readonly isPushed: boolean;
}

interface Picked {
  readonly shown: readonly SizedRow[];
  readonly counts: FilterCounts;
}

export interface ShownRepositories extends Joined, Picked {
  readonly listed: readonly ListedRow[];
  readonly tree: RepositoryTree | undefined;
  /** Nothing is left out. */
  readonly isWhole: boolean;
  /** What they were picked by; empty where nothing is left out. */
  readonly looked: string;
}

const ALL_OPEN: ReadonlySet<string> = new Set();

/** The repositories as they are shown: with what is known of each, filtered, sorted, arranged by namespace; of that only what changed is done again. */
export class Arrangement {
  readonly #sized = new SizedRows();
  readonly #order = new RowOrder<SizedRow>();
  readonly #trees = new Trees();
  readonly #joined = new Kept<Joined>();
  readonly #picked = new Kept<Picked>();
  readonly #arranged = new Kept<RepositoryTree>();
  #closed: ReadonlySet<string> | undefined;
  #now = 0;

  *of({ list, known, filter, filters, sort, sizes, ...asked }: ShownOptions): Sliced<ShownRepositories> {
    const closed = this.#sameClosed(asked.closed);
    const now = this.#sameNow(asked.now);
    const joined = yield* this.#joined.of([list, known], () => this.#join(list, known));
    const picked = yield* this.#picked.of([joined, filter, filters.join(), now], () =>
      pick(joined.rows, { filter, filters, now }),
    );
    const isWhole = picked.shown === joined.rows;
    const sorted = yield* this.#order.sortInSlices(picked.shown, comparers[sort.column], sort.descending);
    // What is looked for is shown, also in a namespace that is closed.
    const options = { sizes: isWhole ? sizes : undefined, sort, closed: isWhole ? closed : ALL_OPEN };
    const tree =
      closed &&
      (yield* this.#arranged.of([sorted, ...Object.values(options)], () =>
        this.#trees.arrange(sorted, { ...options, closed: options.closed ?? ALL_OPEN }),
      ));
    return {
      ...joined,
      ...picked,
      listed: tree?.rows ?? sorted,
      tree,
      isWhole,
      looked: lookedFor(filter, filters),
    };
  }

  /** A page that is opened again has a set of its own: the same namespaces are no reason to arrange all of them anew. */
  #sameClosed(closed: ReadonlySet<string> | undefined): ReadonlySet<string> | undefined {
    const before = this.#closed;
    if (closed && before && closed.size === before.size && [...closed].every((name) => before.has(name)))
      return before;
    this.#closed = closed;
    return closed;
  }

  #sameNow(now: number): number {
    if (Math.abs(now - this.#now) > SAME_NOW_MS) this.#now = now;
    return this.#now;
  }

  *#join(list: RepositoryList, known: ShownOptions['known']): Sliced<Joined> {
    const rows: SizedRow[] = [];
    let [widest, sized, usable] = [0, 0, 0];
    let isPushed = false;
    for (const each of list.rows) {
      const row = this.#sized.join(each, known?.of);
      const size = sizeOf(row);
      if (size !== undefined) {
        sized += 1;
        widest = Math.max(widest, size);
      }
      if (!row.unusable) usable += 1;
      isPushed ||= row.storage?.pushed !== undefined;
      if (rows.push(row) % ROWS_A_STEP === 0) yield;
    }
    return { rows, widest, sized, usable, isPushed };
  }
}

export const lookedFor = (filter: string, filters: readonly RepositoryFilter[]) =>
  [filter, ...filters].join(' ').trim();

function* pick(
  rows: readonly SizedRow[],
  { filter, filters, now }: Pick<ShownOptions, 'filter' | 'filters' | 'now'>,
): Sliced<Picked> {
  const named = filterRepositories(rows, filter);
  yield;
  const counts = noCounts();
  const test = filters.length > 0 ? passes(filters, now) : undefined;
  const shown: SizedRow[] = [];
  for (const [index, row] of named.entries()) {
    tally(counts, row, now);
    if (test?.(row)) shown.push(row);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return { shown: test ? shown : named, counts };
}
