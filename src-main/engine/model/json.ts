import { setImmediate as otherWork } from 'node:timers/promises';

/** Nesting of any document a registry has reason to send is below ten. */
const DEPTH_MAX = 64;
/** Ten times the largest index that is read; parsing so many takes some 20 ms. */
const VALUES_MAX = 100_000;
/** Bytes that are parsed at once, below a millisecond's work; what is longer is parsed piece by piece. */
const PIECE = 64 * 1024;
/** Bytes that are looked through before other work gets its turn. */
const SLICE = 1024 * 1024;

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const STRUCTURE = new Uint8Array(256);
for (const byte of [QUOTE, COMMA, COLON, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT])
  STRUCTURE[byte] = 1;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** JSON that would cost more to read than any registry's reply is worth; the message says what there is too much of. */
export class JsonTooLarge extends Error {}

/** Goes through a document in one pass, without recursion and without memory, and knows how deep it is nested. */
class Scan {
  readonly #bytes: Uint8Array;
  /** The place after the last byte taken. */
  at = 0;
  depth = 0;
  values = 0;
  #quoted = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Goes to `end`, or to where a quote, colon, comma or bracket is at most `level` deep, brackets counted; 0 for the end. */
  next(end: number, level: number): number {
    const bytes = this.#bytes;
    let { at, depth, values } = this;
    let quoted = this.#quoted;
    let found = 0;
    while (at < end) {
      if (quoted) {
        while (at < end && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
        if (at >= end) break;
        quoted = false;
        at += 1;
        continue;
      }
      const byte = bytes[at++] ?? 0;
      if (STRUCTURE[byte] === 0) continue;
      const before = depth;
      if (byte === QUOTE) quoted = true;
      else if (byte === COMMA) values += 1;
      else if (byte === OPEN_LIST || byte === OPEN_OBJECT) {
        values += 1;
        depth += 1;
        if (depth > DEPTH_MAX) throw new JsonTooLarge(`It is nested more than ${DEPTH_MAX} deep.`);
      } else if (byte !== COLON) depth -= 1;
      if (before > level && depth > level) continue;
      found = byte;
      break;
    }
    this.at = at;
    this.#quoted = quoted;
    this.depth = depth;
    this.values = values;
    return found;
  }
}

/** Whether it is too short for too many values, and has too few brackets to be nested too deep: found by native searches. */
function isHarmless(bytes: Uint8Array): boolean {
  if (bytes.byteLength > VALUES_MAX) return false;
  let brackets = 0;
  for (const bracket of [OPEN_LIST, OPEN_OBJECT]) {
    for (let at = bytes.indexOf(bracket); at >= 0; at = bytes.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > DEPTH_MAX) return false;
    }
  }
  return true;
}

/**
 * Parses a document of at most a few megabytes, after a look at what it would cost: deep nesting and masses of tiny values take
 * seconds and gigabytes where their bytes alone look harmless.
 *
 * @throws {SyntaxError}, {@link JsonTooLarge}
 */
export function parseJson(bytes: Uint8Array): unknown {
  if (!isHarmless(bytes)) {
    const scan = new Scan(bytes);
    scan.next(bytes.byteLength, -1);
    if (scan.values > VALUES_MAX) throw new JsonTooLarge(`It holds more than ${VALUES_MAX} values.`);
  }
  return JSON.parse(UTF8.decode(bytes));
}

/**
 * The elements of the list that a document holds under a key, piece by piece and with turns for other work in between: some
 * registries send a hundred thousand names in one reply. What else is in a long document is passed over.
 *
 * @returns the whole document where it is short, so that it can be asked for more
 * @throws {SyntaxError}, {@link JsonTooLarge}
 */
export async function* elementsOf(bytes: Buffer, key: string): AsyncGenerator<readonly unknown[], unknown> {
  if (bytes.byteLength <= PIECE) {
    const document = parseJson(bytes);
    const list = (document as Record<string, unknown> | null)?.[key];
    if (Array.isArray(list) && list.length > 0) yield list;
    return document;
  }
  const scan = new Scan(bytes);
  /** The last string of the document's own: the key of the list that begins. */
  let quote = 0;
  let colon = 0;
  /** Where the next element of the wanted list begins. */
  let from = -1;
  let found = false;
  const piece = (to: number): unknown[] => {
    if (to - from > 4 * PIECE) throw new JsonTooLarge('One of its entries is longer than any name.');
    return JSON.parse(`[${bytes.toString('utf8', from, to)}]`) as unknown[];
  };
  for (let end = SLICE; ; ) {
    const byte = scan.next(Math.min(end, bytes.byteLength), 2);
    const at = scan.at - 1;
    if (byte === 0) {
      if (scan.at >= bytes.byteLength) break;
      end = scan.at + SLICE;
      await otherWork();
    } else if (byte === QUOTE && scan.depth === 1) quote = at;
    else if (byte === COLON && scan.depth === 1) colon = at;
    else if (byte === OPEN_LIST && scan.depth === 2 && from < 0) {
      if (bytes.toString('utf8', quote, colon).trim() !== JSON.stringify(key)) continue;
      from = scan.at;
      found = true;
    } else if (byte === COMMA && scan.depth === 2 && from >= 0 && at - from >= PIECE) {
      yield piece(at);
      await otherWork();
      from = scan.at;
    } else if (byte === CLOSE_LIST && scan.depth === 1 && from >= 0) {
      const last = piece(at);
      if (last.length > 0) yield last;
      from = -1;
    }
  }
  if (scan.depth !== 0 || !found)
    throw new SyntaxError('The document is not complete, or not what was asked for.');
  return undefined;
}

/**
 * The bytes of the members of an object that have one of these keys, however long the object is, with turns for other work in between.
 * Nothing is parsed. The first of a key counts.
 *
 * @throws {SyntaxError} where it is cut, {@link JsonTooLarge}
 */
export async function membersOf(
  bytes: Buffer,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const wanted = new Map(keys.map((key) => [JSON.stringify(key), key]));
  const found = new Map<string, Buffer>();
  const scan = new Scan(bytes);
  let quote = 0;
  /** Of the member that is wanted: its key, and where its value begins. */
  let key: string | undefined;
  let from = 0;
  for (let end = SLICE; ; ) {
    const byte = scan.next(Math.min(end, bytes.byteLength), 1);
    const at = scan.at - 1;
    if (byte === 0) {
      if (scan.at >= bytes.byteLength) break;
      end = scan.at + SLICE;
      await otherWork();
    } else if (byte === QUOTE && scan.depth === 1) quote = at;
    else if (byte === COLON && scan.depth === 1) {
      // No key that is asked for is as long as text may be.
      const text = at - quote > 1_000 ? '' : bytes.toString('utf8', quote, at).trim();
      key = wanted.get(text);
      from = at + 1;
    } else if ((byte === COMMA && scan.depth === 1) || (byte === CLOSE_OBJECT && scan.depth === 0)) {
      if (key !== undefined && !found.has(key)) found.set(key, bytes.subarray(from, at));
      key = undefined;
    }
  }
  if (scan.depth !== 0) throw new SyntaxError('The document is not complete.');
  return found;
}
