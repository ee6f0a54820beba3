import { damaged } from '../content/file-errors.ts';
import { padded, readNumber } from '../content/tar-header.ts';
import { RegistryError } from '../errors.ts';
import type { ContentSink } from './entry.ts';

/** Zeros that are handed on at a time. */
const HOLE = new Uint8Array(64 * 1024);
/** Bytes of holes of one file that are filled: all at once, with nothing in between. */
const HOLES_MAX = 256 * 2 ** 20;
/** Parts of a file with holes. */
const PARTS_MAX = 100_000;
/** Places in GNU's header, and in each block that goes on with it. */
const IN_HEADER = { first: 386, parts: 4, more: 482 };
const IN_BLOCK = { first: 0, parts: 21, more: 504 };
/** Bytes of one number, and of a part, which has two. */
const NUMBER = 12;

/** Where the stored bytes of a file belong; what lies between is zeros. */
export type SparseMap = { offset: number; size: number }[];

/** The parts that a block of GNU's form names. @returns whether another block goes on with them */
export function readSparseBlock(block: Uint8Array, inHeader: boolean, map: SparseMap): boolean {
  const { first, parts, more } = inHeader ? IN_HEADER : IN_BLOCK;
  for (let part = 0; part < parts; part++) {
    const at = first + 2 * NUMBER * part;
    const offset = readNumber(block, at, at + NUMBER) ?? 0;
    const size = readNumber(block, at + NUMBER, at + 2 * NUMBER) ?? 0;
    if (block[at] === 0 && size === 0) break;
    map.push({ offset, size });
  }
  return block[more] === 1 && map.length < PARTS_MAX;
}

/** Parts as the extended headers of GNU's forms 0.0 and 0.1 name them: `offset,size,…`. */
export function readSparseList(list: string): SparseMap {
  const numbers = list.split(',', 2 * PARTS_MAX).map(Number);
  const map: SparseMap = [];
  for (let at = 0; at + 1 < numbers.length; at += 2)
    map.push({ offset: numbers[at] ?? 0, size: numbers[at + 1] ?? 0 });
  return map;
}

/** Hands the content of a file with holes on as it is read. @see GNU tar, "Storing Sparse Files" */
export class SparseSink implements ContentSink {
  readonly #sink: ContentSink;
  readonly #size: number;
  readonly #where: string;
  #map: SparseMap | undefined;
  /** Of the form 1.0, whose map comes before the content. */
  #head = Buffer.alloc(0);
  /** Bytes handed on. */
  #at = 0;
  #filled = 0;
  #part = 0;
  /** Bytes of the part that came. */
  #within = 0;

  /** @param map undefined: it comes before the content */
  constructor(sink: ContentSink, map: SparseMap | undefined, size: number, where: string) {
    this.#sink = sink;
    this.#map = map;
    this.#size = size;
    this.#where = where;
  }

  write(chunk: Uint8Array): void {
    let rest = chunk;
    if (!this.#map) {
      this.#head = Buffer.concat([this.#head, chunk]);
      const read = readHead(this.#head);
      if (!read) {
        if (this.#head.byteLength > PARTS_MAX * 2 * NUMBER) this.#fail();
        return;
      }
      this.#map = read.map;
      rest = this.#head.subarray(read.bytes);
    }
    while (rest.byteLength > 0) {
      const part = this.#map[this.#part];
      if (!part) return;
      const { offset, size } = part;
      const fits = offset + this.#within >= this.#at && offset + size <= this.#size;
      if (!fits || !Number.isSafeInteger(offset) || !Number.isSafeInteger(size) || size < 0) this.#fail();
      this.#fill(offset + this.#within);
      const piece = rest.subarray(0, size - this.#within);
      if (piece.byteLength > 0) this.#sink.write(piece);
      this.#at += piece.byteLength;
      this.#within += piece.byteLength;
      rest = rest.subarray(piece.byteLength);
      if (this.#within === size) {
        this.#part += 1;
        this.#within = 0;
      }
    }
  }

  end(): void {
    this.#fill(this.#size);
    this.#sink.end();
  }

  #fill(until: number): void {
    this.#filled += Math.max(0, until - this.#at);
    if (this.#filled > HOLES_MAX)
      throw new RegistryError('tooLarge', '', {
        reason: `${this.#where}: a file of ${this.#size} bytes in it is mostly holes; at most ${HOLES_MAX} bytes of them are filled.`,
      });
    while (this.#at < until) {
      const hole = HOLE.subarray(0, until - this.#at);
      this.#sink.write(hole);
      this.#at += hole.byteLength;
    }
  }

  #fail(): never {
    throw damaged(this.#where, 'a file in it is stored with holes that contradict each other.');
  }
}

/** The map of form 1.0: how many parts, then offset and size of each, a number a line, filled up to a whole block. */
function readHead(head: Buffer): { map: SparseMap; bytes: number } | undefined {
  const numbers: number[] = [];
  let at = 0;
  for (;;) {
    const count = numbers[0];
    if (count !== undefined && (count > PARTS_MAX || numbers.length === 1 + 2 * count)) break;
    const end = head.indexOf(0x0a, at);
    if (end < 0) return undefined;
    numbers.push(Number(head.subarray(at, end).toString('latin1')));
    at = end + 1;
  }
  const bytes = padded(at);
  if (head.byteLength < bytes) return undefined;
  return { map: readSparseList(numbers.slice(1).join(',')), bytes };
}
