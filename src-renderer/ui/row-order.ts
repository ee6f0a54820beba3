/** Order of two rows in the given direction. */
export type CompareRows<Row> = (a: Row, b: Row, descending: boolean) => number;

/**
 * Sorts the rows of a table and remembers their places, so that a filter's part of them, at each key typed, is put in order
 * without comparing names again. Rows must not change: a new value is a new object.
 */
export class RowOrder<Row extends object> {
  #compare: CompareRows<Row> | undefined;
  #descending = false;
  #places = new Map<Row, number>();

  /** The rows in order; in their own order without `compare`. Never changes the array given; equal rows stay as they came. */
  sort(rows: readonly Row[], compare: CompareRows<Row> | undefined, descending: boolean): readonly Row[] {
    if (!compare) return rows;
    if (compare === this.#compare && descending === this.#descending) {
      const known = this.#pick(rows);
      if (known) return known;
    }
    const sorted = rows.toSorted((a, b) => compare(a, b, descending));
    this.#compare = compare;
    this.#descending = descending;
    this.#places = new Map(sorted.map((row, place) => [row, place]));
    return sorted;
  }

  /** The rows by their remembered places, in one pass; undefined where one of them has none. */
  #pick(rows: readonly Row[]): readonly Row[] | undefined {
    const slots = new Array<Row | undefined>(this.#places.size).fill(undefined);
    for (const row of rows) {
      const place = this.#places.get(row);
      if (place === undefined) return;
      slots[place] = row;
    }
    return slots.filter((row) => row !== undefined);
  }
}
