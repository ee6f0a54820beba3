import { Kept } from '../lists/kept.ts';
import { byCodeUnit } from '../lists/natural-order.ts';
import { RowOrder } from '../ui/row-order.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import type { Notes } from '../vulnerabilities/queries.ts';
import { countImages, type ImageCounts } from './image-counts.ts';
import { NotedRows } from './noted-rows.ts';
import { comparers, type TagOrder } from './order.ts';
import { filterRows, type TagFilter, unlookedAmong } from './tag-filter.ts';
import { describeNames, type TagName, type TagNames } from './tag-names.ts';
import { type TagAnswers, type TagChange, type TagList, type TagRow, TagRowJoiner } from './tag-rows.ts';
import type { TagView } from './views.ts';

/** Tags without details among which rows are sorted by dates and grouped all the same. */
const UNREAD_MAX = 100;

export interface ShownOptions {
  readonly list: TagList | undefined;
  /** In the registry's order: that of their arrival. */
  readonly asListed: boolean;
  /** With the tags of what is attached to images. */
  readonly withAttached: boolean;
  /** Of so many tags all details are wanted; of more of them those that are looked at. */
  readonly readUpTo: number;
  readonly answers: TagAnswers;
  readonly changes: ReadonlyMap<string, TagChange>;
  readonly notes: Notes;
  readonly view: TagView;
  /** See `Staying`. */
  readonly stays: boolean;
  /** Manifests without a tag, shown instead where the filter asks for these. */
  readonly untagged: readonly TagRow[];
  readonly filter: TagFilter;
  /** See `TagSort`. */
  readonly sortOf: (isDated: boolean, isPushed: boolean) => TagOrder | undefined;
}

interface Named {
  /** In the order asked for. */
  readonly names: readonly TagName[];
  /** What all names of the repository say. */
  readonly described: TagNames;
}

interface Picked {
  /** Those that pass, in the order of the names: what is done with them is done in it, however they are shown. */
  readonly passed: readonly TagRow[];
  /** Their tags. */
  readonly matching: number;
  /** Of one of them at least it is known when it was pushed. */
  readonly isPushed: boolean;
  /** See `unlookedAmong`. */
  readonly unlooked: number;
}

export interface ShownTags extends Named, Picked {
  /** There are no other names. */
  readonly isComplete: boolean;
  /** Of how many there are details, or why not. */
  readonly answered: number;
  /** All details are wanted. */
  readonly readsAll: boolean;
  /** Enough is read to group them and to sort them by date, which waits since they stay where they are. */
  readonly isHeld: boolean;
  /** A row is an image and not a tag. */
  readonly grouped: boolean;
  /** All of the repository. */
  readonly rows: readonly TagRow[];
  readonly counts: ImageCounts;
  /** What passes it is shown. */
  readonly filter: TagFilter;
  /** Those that pass, as the table has them. */
  readonly shown: readonly TagRow[];
  readonly sort: TagOrder | undefined;
}

const byKey = (a: TagName, b: TagName) => byCodeUnit(a.key, b.key);

/** The tags of a repository as they are shown: named, joined with what is known, filtered, sorted; of that only what changed is done again. */
export class Arrangement {
  readonly #described = new Kept<TagNames>();
  readonly #order = new RowOrder<TagName>();
  readonly #joiner = new TagRowJoiner();
  readonly #joined = new Kept<readonly TagRow[]>();
  readonly #notes = new NotedRows();
  readonly #noted = new Kept<readonly TagRow[]>();
  readonly #counted = new Kept<ImageCounts>();
  readonly #picked = new Kept<Picked>();
  readonly #sorting = new RowOrder<TagRow>();
  #isRead: boolean | undefined;

  *of({ list, answers, changes, notes, filter, ...options }: ShownOptions): Sliced<ShownTags> {
    const named = yield* this.#name(list?.rows ?? NONE, options);
    const { names, described } = named;
    const answered = names.reduce((count, { name }) => count + Number(answers.has(name)), 0);
    const readsAll = names.length <= options.readUpTo;
    // Rows that move or merge once they are read bring others into view, which are read then: few may, or those that were asked for.
    const isEnough = readsAll || names.length - answered <= UNREAD_MAX;
    const isHeld = isEnough && !readsAll && options.stays && this.#isRead === false;
    const isRead = isEnough && !isHeld;
    this.#isRead = isRead;
    const grouped = options.view === 'images' && isRead;
    yield;
    const joined = yield* this.#joined.of([names, described, answers, changes, grouped], () =>
      this.#joiner.join({ names, described, answers, changes, grouped }),
    );
    const rows = yield* this.#noted.of([joined, notes], () => this.#notes.of(joined, notes));
    const counts = yield* this.#counted.of([rows], () => countImages(rows));
    const all = filter.untagged ? options.untagged : rows;
    const picked = yield* this.#picked.of([all, filter], () => pick(all, filter));
    const sort = options.sortOf(isRead, picked.isPushed);
    const shown = yield* this.#sorting.sortInSlices(
      picked.passed,
      sort && comparers[sort.column],
      sort?.descending ?? false,
    );
    const isComplete = list?.complete === true;
    return {
      ...named,
      ...picked,
      isComplete,
      answered,
      readsAll,
      isHeld: isHeld && (options.view === 'images' || sort !== options.sortOf(true, picked.isPushed)),
      grouped,
      rows,
      counts,
      filter,
      shown,
      sort,
    };
  }

  *#name(
    rows: readonly TagName[],
    { asListed, withAttached }: Pick<ShownOptions, 'asListed' | 'withAttached'>,
  ): Sliced<Named> {
    const described = yield* this.#described.of([rows], () => describeNames(rows));
    const asked = withAttached ? rows : described.own;
    const names = yield* this.#order.sortInSlices(asked, asListed ? undefined : byKey, false);
    return { names, described };
  }
}

const NONE: readonly TagName[] = [];

function* pick(rows: readonly TagRow[], filter: TagFilter): Sliced<Picked> {
  const passed = yield* filterRows(rows, filter);
  let matching = 0;
  let isPushed = false;
  for (const [at, { tags, details }] of passed.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    matching += tags.length;
    isPushed ||= details?.pushed !== undefined;
  }
  return { passed, matching, isPushed, unlooked: unlookedAmong(rows, filter) };
}
