/** Rows with aligned columns; columns named in `right` are aligned to the right. */
export class Table {
  readonly #widths: number[];
  readonly #right: ReadonlySet<number>;
  readonly #header: readonly string[];

  constructor(header: readonly string[], right: readonly number[] = []) {
    this.#header = header;
    this.#widths = header.map((title) => title.length);
    this.#right = new Set(right);
  }

  /** All of it at once, its header first where it has one. */
  lines(rows: readonly (readonly string[])[]): string[] {
    this.fit(rows);
    const titled = this.#header.some((title) => title !== '');
    return [...(titled ? [this.header()] : []), ...rows.map((row) => this.line(row))];
  }

  header(): string {
    return this.line(this.#header);
  }

  /** Widens the columns for rows to come: called with each page before its rows. */
  fit(rows: readonly (readonly string[])[]): void {
    for (const row of rows) {
      for (const [index, cell] of row.entries()) {
        this.#widths[index] = Math.max(this.#widths[index] ?? 0, cell.length);
      }
    }
  }

  line(row: readonly string[]): string {
    const cells = row.map((cell, index) => {
      const width = this.#widths[index] ?? 0;
      return this.#right.has(index) ? cell.padStart(width) : cell.padEnd(width);
    });
    return cells.join('  ').trimEnd();
  }
}
