import { Unread } from './reader.ts';

const MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
const FILE_HEADER = 100;
const INTERIOR = 0x05;
const LEAF = 0x0d;
/** Bytes of one row. */
const ROW_MAX = 64 * 1024 * 1024;
const PAGE_MIN = 512;

/** A column's value: a number only where it is small. */
type Value = Buffer | string | number | undefined;

/**
 * The rows of a table of an SQLite file in memory: no more of the format than that. Its indexes and its log are not read.
 *
 * @see https://www.sqlite.org/fileformat2.html
 */
export class SqliteFile {
  readonly #bytes: Buffer;
  readonly #page: number;
  /** Bytes of a page that are used. */
  readonly #usable: number;
  /** Bytes that rows can have yet: no two share any. */
  #left: number;

  /** @throws {Unread} `damaged` */
  constructor(bytes: Buffer) {
    if (bytes.byteLength < FILE_HEADER || !bytes.subarray(0, MAGIC.byteLength).equals(MAGIC))
      throw new Unread('damaged', 'It is no SQLite database.');
    const page = bytes.readUInt16BE(16);
    this.#bytes = bytes;
    this.#left = bytes.byteLength;
    this.#page = page === 1 ? 65_536 : page;
    this.#usable = this.#page - (bytes[20] ?? 0);
    if (this.#page < PAGE_MIN || (this.#page & (this.#page - 1)) !== 0 || this.#usable < PAGE_MIN - 32)
      throw new Unread('damaged', 'The pages of the database have an impossible size.');
  }

  /** @throws {Unread} `damaged` where there is no such table, or what was read of it ends */
  *rows(table: string): Generator<Value[], void, void> {
    for (const [type, name, , root] of this.#tree(1)) {
      if (type !== 'table' || name !== table || typeof root !== 'number') continue;
      yield* this.#tree(root);
      return;
    }
    throw new Unread('damaged', `The database has no table ${table}.`);
  }

  /** Rows of a tree, in their order. Each of its pages once: none can be in it twice. */
  *#tree(root: number): Generator<Value[], void, void> {
    const waiting = [root];
    const seen = new Set<number>();
    for (let number = waiting.pop(); number !== undefined; number = waiting.pop()) {
      if (seen.has(number)) throw new Unread('damaged', 'The pages of the database lead in a circle.');
      seen.add(number);
      const page = this.#pageAt(number);
      const head = number === 1 ? FILE_HEADER : 0;
      const kind = page[head];
      const cells = page.readUInt16BE(head + 3);
      const pointers = head + (kind === INTERIOR ? 12 : 8);
      if ((kind !== INTERIOR && kind !== LEAF) || pointers + 2 * cells > page.byteLength)
        throw new Unread('damaged', `Page ${number} of the database is none of a table.`);
      if (kind === LEAF) {
        for (let cell = 0; cell < cells; cell += 1) {
          const row = this.#row(page, page.readUInt16BE(pointers + 2 * cell));
          if (row) yield row;
        }
        continue;
      }
      waiting.push(page.readUInt32BE(head + 8));
      for (let cell = cells - 1; cell >= 0; cell -= 1) {
        const at = page.readUInt16BE(pointers + 2 * cell);
        if (at + 4 > page.byteLength) throw new Unread('damaged', `Page ${number} of the database is cut.`);
        waiting.push(page.readUInt32BE(at));
      }
    }
  }

  #pageAt(number: number): Buffer {
    const from = (number - 1) * this.#page;
    if (number < 1 || from + this.#page > this.#bytes.byteLength)
      throw new Unread('damaged', `Page ${number} of the database is missing.`);
    return this.#bytes.subarray(from, from + this.#page);
  }

  #row(page: Buffer, at: number): Value[] | undefined {
    const size = varint(page, at);
    const key = varint(page, size.end);
    if (size.value > ROW_MAX)
      throw new Unread('tooLarge', `A row has ${size.value} bytes; at most ${ROW_MAX} are read.`);
    this.#left -= size.value;
    if (this.#left < 0) throw new Unread('damaged', 'The rows of the database have more bytes than it has.');
    return valuesOf(this.#payload(page, key.end, size.value));
  }

  /** What does not fit into a page goes on in others. */
  #payload(page: Buffer, at: number, size: number): Buffer {
    const most = this.#usable - 35;
    if (size <= most) return page.subarray(at, at + size);
    const least = Math.floor(((this.#usable - 12) * 32) / 255) - 23;
    const fitting = least + ((size - least) % (this.#usable - 4));
    const here = fitting <= most ? fitting : least;
    const parts = [page.subarray(at, at + here)];
    let next = at + here + 4 <= page.byteLength ? page.readUInt32BE(at + here) : 0;
    for (let left = size - here; left > 0; ) {
      const more = this.#pageAt(next);
      const part = more.subarray(4, 4 + Math.min(left, this.#usable - 4));
      parts.push(part);
      left -= part.byteLength;
      next = more.readUInt32BE(0);
    }
    return Buffer.concat(parts);
  }
}

/** The columns of a record; undefined for one that is cut. */
function valuesOf(record: Buffer): Value[] | undefined {
  const header = varint(record, 0);
  const values: Value[] = [];
  let from = header.value;
  for (let at = header.end; at < header.value; ) {
    const { value: type, end } = varint(record, at);
    at = end;
    const length = lengthOf(type);
    if (from + length > record.byteLength) return undefined;
    const bytes = record.subarray(from, from + length);
    from += length;
    if (type >= 12) values.push(type % 2 === 0 ? bytes : bytes.toString('utf8'));
    else if (type >= 1 && type <= 5) values.push(bytes.readIntBE(0, length));
    else values.push(type === 8 ? 0 : type === 9 ? 1 : undefined);
  }
  return values;
}

function lengthOf(type: number): number {
  if (type >= 12) return Math.floor((type - 12) / 2);
  return [0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0][type] ?? 0;
}

function varint(bytes: Buffer, at: number): { value: number; end: number } {
  let value = 0;
  for (let place = 0; place < 8; place += 1) {
    const byte = bytes[at + place] ?? 0;
    value = value * 128 + (byte & 0x7f);
    if (byte < 0x80) return { value, end: at + place + 1 };
  }
  return { value: value * 256 + (bytes[at + 8] ?? 0), end: at + 9 };
}
