import { ROWS_A_STEP, type Sliced, SlicedWork } from './slices.ts';

/** Order of two rows in the given direction. */
export type CompareRows<Row> = (a: Row, b: Row, descending: boolean) => number;

/**
 * Sorts the rows of a table and remembers their places, so that a filter's part of them, at each key typed, is put in order
 * without comparing names again, and a list that grew compares little more than what was added. Rows must not change: a new
 * value is a new object.
 */
export class RowOrder<Row extends object> {
  #compare: CompareRows<Row> | undefined;
  #descending = false;
  /** As they came. */
  #rows: readonly Row[] = [];
  #sorted: readonly Row[] = [];
  /** Made when first needed: a list that grows needs none. */
  #places: Map<Row, number> | undefined;

  /** The rows in order; in their own order without `compare`. Never changes the array given; equal rows stay as they came. */
  sort(rows: readonly Row[], compare: CompareRows<Row> | undefined, descending: boolean): readonly Row[] {
    return new SlicedWork(this.sortInSlices(rows, compare, descending)).finish();
  }

  /** The same; what is left half-way does no harm. */
  *sortInSlices(
    rows: readonly Row[],
    compare: CompareRows<Row> | undefined,
    descending: boolean,
  ): Sliced<readonly Row[]> {
    if (!compare) return rows;
    const isSameOrder = compare === this.#compare && descending === this.#descending;
    const known = isSameOrder ? yield* this.#pick(rows) : undefined;
    if (known) return known;
    const inOrder = (a: Row, b: Row) => compare(a, b, descending);
    if (yield* isInOrder(rows, inOrder)) return rows;
    const before = isSameOrder && this.#beginsAsBefore(rows) ? this.#sorted : [];
    const sorted = yield* mergeSorted([...before, ...rows.slice(before.length)], inOrder);
    this.#compare = compare;
    this.#descending = descending;
    this.#rows = rows;
    this.#sorted = sorted;
    this.#places = undefined;
    return sorted;
  }

  #beginsAsBefore(rows: readonly Row[]): boolean {
    return rows.length >= this.#rows.length && this.#rows.every((row, index) => rows[index] === row);
  }

  /** The rows by their remembered places, in one pass; undefined where one of them has none. */
  *#pick(rows: readonly Row[]): Sliced<readonly Row[] | undefined> {
    if (rows === this.#rows) return this.#sorted;
    // Not a part of them: the list grew, or its rows were replaced.
    if (rows.length >= this.#rows.length) return undefined;
    this.#places ??= new Map(this.#sorted.map((row, place) => [row, place]));
    yield;
    const places = this.#places;
    const slots = new Array<Row | undefined>(places.size).fill(undefined);
    for (const [at, row] of rows.entries()) {
      if (at % ROWS_A_STEP === 0) yield;
      const place = places.get(row);
      if (place === undefined) return undefined;
      slots[place] = row;
    }
    return slots.filter((row) => row !== undefined);
  }
}

type InOrder<Row> = (a: Row, b: Row) => number;

function* isInOrder<Row>(rows: readonly Row[], inOrder: InOrder<Row>): Sliced<boolean> {
  let before: Row | undefined;
  for (const [at, row] of rows.entries()) {
    if (at % ROWS_A_STEP === 0) yield;
    if (before !== undefined && inOrder(before, row) > 0) return false;
    before = row;
  }
  return true;
}

/** The engine sorts a step of rows at a time; what is in order already is joined without a look at each. */
function* mergeSorted<Row>(rows: readonly Row[], inOrder: InOrder<Row>): Sliced<readonly Row[]> {
  let runs: (readonly Row[])[] = [];
  for (let from = 0; from < rows.length; from += ROWS_A_STEP) {
    yield;
    runs.push(rows.slice(from, from + ROWS_A_STEP).sort(inOrder));
  }
  while (runs.length > 1) {
    const merged: (readonly Row[])[] = [];
    for (let at = 0; at < runs.length; at += 2)
      merged.push(yield* mergeTwo(runs[at] ?? [], runs[at + 1] ?? [], inOrder));
    runs = merged;
  }
  return runs[0] ?? [];
}

function* mergeTwo<Row>(
  one: readonly Row[],
  other: readonly Row[],
  inOrder: InOrder<Row>,
): Sliced<readonly Row[]> {
  const [lastOfOne, lastOfOther] = [one.at(-1), other.at(-1)];
  const [firstOfOne, firstOfOther] = [one[0], other[0]];
  if (lastOfOne === undefined || firstOfOther === undefined) return one;
  if (inOrder(lastOfOne, firstOfOther) <= 0) return one.concat(other);
  if (firstOfOne !== undefined && lastOfOther !== undefined && inOrder(lastOfOther, firstOfOne) < 0)
    return other.concat(one);
  const merged: Row[] = [];
  let [at, atOther] = [0, 0];
  for (;;) {
    const [left, right] = [one[at], other[atOther]];
    if (left === undefined) return merged.concat(other.slice(atOther));
    if (right === undefined) return merged.concat(one.slice(at));
    // Equal rows stay as they came.
    if (inOrder(left, right) <= 0) {
      merged.push(left);
      at += 1;
    } else {
      merged.push(right);
      atOther += 1;
    }
    if (merged.length % ROWS_A_STEP === 0) yield;
  }
}
