/** On a terminal the columns before the last take no more: a long tag would push the others out of sight. */
const WIDEST = 40;
/** Of what is left out in the middle, where names differ least. */
const ELLIPSIS = '…';

/** Rows with aligned columns; columns named in `right` are aligned to the right. Whole where no terminal shows them. */
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
        const { length } = this.#shown(cell, index);
        this.#widths[index] = Math.max(this.#widths[index] ?? 0, length);
      }
    }
  }

  line(row: readonly string[]): string {
    const cells = row.map((cell, index) => {
      const width = this.#widths[index] ?? 0;
      const shown = this.#shown(cell, index);
      return this.#right.has(index) ? shown.padStart(width) : shown.padEnd(width);
    });
    return cells.join('  ').trimEnd();
  }

  #shown(cell: string, index: number): string {
    const whole = !process.stdout.isTTY || index === this.#header.length - 1 || cell.length <= WIDEST;
    if (whole) return cell;
    const half = Math.floor((WIDEST - ELLIPSIS.length) / 2);
    return `${cell.slice(0, WIDEST - ELLIPSIS.length - half)}${ELLIPSIS}${cell.slice(-half)}`;
  }
}
