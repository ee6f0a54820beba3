import { crc32 } from 'node:zlib';

/**
 * Gzip whose bytes depend on the input alone. Node's own zlib may give others with another version or processor, and
 * then the samples' digests would differ from machine to machine.
 *
 * One deflate block of fixed Huffman codes; matches are found greedily through one hash table.
 *
 * @see RFC 1951, section 3.2.6; RFC 1952
 */
export function gzip(input: Uint8Array): Uint8Array {
  const header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]; // no name, no time, system unknown
  const tail = new DataView(new ArrayBuffer(8));
  tail.setUint32(0, crc32(input), true);
  tail.setUint32(4, input.byteLength, true);
  return Buffer.concat([Uint8Array.from(header), deflate(input), new Uint8Array(tail.buffer)]);
}

const MIN_MATCH = 4;
const MAX_MATCH = 258;
const WINDOW = 32 * 1024;
const HASH_BITS = 15;
const END_OF_BLOCK = 256;

/** The first value of a length or distance code; the bits after the code add to it. */
interface Code {
  first: number;
  extraBits: number;
}

const LENGTH_CODES: readonly Code[] = [
  ...codes(3, 28, (code) => (code < 8 ? 0 : (code >> 2) - 1)),
  { first: MAX_MATCH, extraBits: 0 },
];
const DISTANCE_CODES: readonly Code[] = codes(1, 30, (code) => (code < 4 ? 0 : (code >> 1) - 1));

function codes(start: number, count: number, extraBitsOf: (code: number) => number): Code[] {
  let next = start;
  return Array.from({ length: count }, (_, code) => {
    const extraBits = extraBitsOf(code);
    const first = next;
    next += 1 << extraBits;
    return { first, extraBits };
  });
}

function deflate(input: Uint8Array): Uint8Array {
  const out = new BitWriter(input.byteLength);
  const lastSeen = new Int32Array(1 << HASH_BITS).fill(-1);
  const view = new DataView(input.buffer, input.byteOffset, input.byteLength);
  out.write(0b011, 3); // the last block, fixed codes
  for (let at = 0; at < input.byteLength; ) {
    let length = 0;
    let from = -1;
    if (at + MIN_MATCH <= input.byteLength) {
      const hash = Math.imul(view.getUint32(at, true), 0x9e3779b1) >>> (32 - HASH_BITS);
      from = lastSeen[hash] ?? -1;
      lastSeen[hash] = at;
      if (from >= 0 && at - from <= WINDOW) length = matchLength(input, from, at);
    }
    if (length < MIN_MATCH) {
      writeSymbol(out, input[at] ?? 0);
      at += 1;
      continue;
    }
    writeCode(out, LENGTH_CODES, length, (code) => writeSymbol(out, 257 + code));
    writeCode(out, DISTANCE_CODES, at - from, (code) => out.writeReversed(code, 5));
    at += length;
  }
  writeSymbol(out, END_OF_BLOCK);
  return out.finish();
}

function matchLength(input: Uint8Array, from: number, at: number): number {
  const limit = Math.min(MAX_MATCH, input.byteLength - at);
  let length = 0;
  while (length < limit && input[from + length] === input[at + length]) length += 1;
  return length;
}

/** Writes a value as its code and what it is past the code's first value. */
function writeCode(
  out: BitWriter,
  table: readonly Code[],
  value: number,
  writeNumber: (code: number) => void,
): void {
  let low = 0;
  let high = table.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((table[middle]?.first ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  const { first, extraBits } = table[low] ?? { first: value, extraBits: 0 };
  writeNumber(low);
  out.write(value - first, extraBits);
}

/** A literal, the end or a length code in the fixed Huffman codes. */
function writeSymbol(out: BitWriter, symbol: number): void {
  if (symbol < 144) out.writeReversed(0x30 + symbol, 8);
  else if (symbol < 256) out.writeReversed(0x190 + symbol - 144, 9);
  else if (symbol < 280) out.writeReversed(symbol - 256, 7);
  else out.writeReversed(0xc0 + symbol - 280, 8);
}

/** Bits into bytes, the lowest first. */
class BitWriter {
  readonly #bytes: Uint8Array;
  #size = 0;
  #pending = 0;
  #pendingBits = 0;

  /** Room for any input: a literal takes at most nine bits. */
  constructor(inputSize: number) {
    this.#bytes = new Uint8Array(Math.ceil((inputSize * 9) / 8) + 16);
  }

  write(value: number, bits: number): void {
    this.#pending |= value << this.#pendingBits;
    this.#pendingBits += bits;
    while (this.#pendingBits >= 8) {
      this.#bytes[this.#size++] = this.#pending & 0xff;
      this.#pending >>>= 8;
      this.#pendingBits -= 8;
    }
  }

  /** Huffman codes go highest bit first. */
  writeReversed(code: number, bits: number): void {
    let reversed = 0;
    for (let bit = 0; bit < bits; bit++) reversed |= ((code >> bit) & 1) << (bits - 1 - bit);
    this.write(reversed, bits);
  }

  finish(): Uint8Array {
    if (this.#pendingBits > 0) this.write(0, 8 - this.#pendingBits);
    return this.#bytes.subarray(0, this.#size);
  }
}
