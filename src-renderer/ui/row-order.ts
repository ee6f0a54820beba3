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
    if (!compare) return rows;
    const isSameOrder = compare === this.#compare && descending === this.#descending;
    const known = isSameOrder ? this.#pick(rows) : undefined;
    if (known) return known;
    if (isInOrder(rows, compare, descending)) return rows;
    const before = isSameOrder && this.#beginsAsBefore(rows) ? this.#sorted : [];
    // The engine's sort finds what is in order already and only merges it with the rest.
    const sorted = [...before, ...rows.slice(before.length)].sort((a, b) => compare(a, b, descending));
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
  #pick(rows: readonly Row[]): readonly Row[] | undefined {
    if (rows === this.#rows) return this.#sorted;
    // Not a part of them: the list grew, or its rows were replaced.
    if (rows.length >= this.#rows.length) return;
    this.#places ??= new Map(this.#sorted.map((row, place) => [row, place]));
    const slots = new Array<Row | undefined>(this.#places.size).fill(undefined);
    for (const row of rows) {
      const place = this.#places.get(row);
      if (place === undefined) return;
      slots[place] = row;
    }
    return slots.filter((row) => row !== undefined);
  }
}

function isInOrder<Row>(rows: readonly Row[], compare: CompareRows<Row>, descending: boolean): boolean {
  let before: Row | undefined;
  for (const row of rows) {
    if (before !== undefined && compare(before, row, descending) > 0) return false;
    before = row;
  }
  return true;
}
