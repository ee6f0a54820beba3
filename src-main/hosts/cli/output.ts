import { once } from 'node:events';

/** Writes to stdout and waits where the reader is slow, so that 50,000 lines are not kept in memory. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
}

/** Beside the result: plans, questions, hints. */
export function tell(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** One line on a terminal that is written over again and again; elsewhere nothing. */
export const statusLine = {
  show(text: string): void {
    // A line that wraps could not be taken back. Some terminals say they have no columns.
    const room = (process.stderr.columns || 80) - 1;
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text.slice(0, room)}`);
  },
  clear(): void {
    if (process.stderr.isTTY) process.stderr.write('\r\u001b[2K');
  },
};

export function printJson(document: unknown): Promise<void> {
  return print(JSON.stringify(document, null, 2));
}

/** Text from a registry or a file, safe for a terminal: control characters would move its cursor or its title. */
export function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '\u{fffd}');
}

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

  header(): string {
    return this.#line(this.#header);
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
    return this.#line(row.map(plain));
  }

  #line(row: readonly string[]): string {
    const cells = row.map((cell, index) => {
      const width = this.#widths[index] ?? 0;
      return this.#right.has(index) ? cell.padStart(width) : cell.padEnd(width);
    });
    return cells.join('  ').trimEnd();
  }
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Decimal units, three digits, as container tools show them. */
export function bytesText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${UNITS[unit]}`;
}

/** `1 tag`, `2 tags` */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** `linux/arm64/v8` */
export function platformText(platform: { os: string; architecture: string; variant?: string }): string {
  return [platform.os, platform.architecture, ...(platform.variant ? [platform.variant] : [])].join('/');
}

/** Twelve digits tell digests apart for people. */
export function shortDigest(digest: string): string {
  const [algorithm = '', hex = ''] = digest.split(':');
  return `${algorithm}:${hex.slice(0, 12)}`;
}
