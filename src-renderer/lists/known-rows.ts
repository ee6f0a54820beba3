/** Rows that were known before the registry answered, until it lists them itself or has listed all. */
export class KnownRows<Row extends { readonly name: string }> {
  readonly #rows = new Map<string, Row>();
  #seen: string | undefined;

  /** @param seen when they were listed, RFC 3339: the oldest counts */
  add(rows: readonly Row[], seen: string): void {
    for (const row of rows) this.#rows.set(row.name, row);
    if (this.#seen === undefined || seen < this.#seen) this.#seen = seen;
  }

  /** The registry has listed these; with `all` there are no others. */
  replace(names: readonly string[], all: boolean): void {
    if (all) this.#rows.clear();
    else if (this.#rows.size > 0) for (const name of names) this.#rows.delete(name);
  }

  /** With those that the registry has listed. */
  with(rows: readonly Row[]): { rows: Row[]; seen?: string } {
    if (this.#rows.size === 0 || this.#seen === undefined) return { rows: rows.slice() };
    return { rows: [...rows, ...this.#rows.values()], seen: this.#seen };
  }
}
