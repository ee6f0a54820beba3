import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { Unread } from './reader.ts';

const END = 0x06054b50;
const END_SIZE = 22;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const CENTRAL_SIZE = 46;
const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
/** The comment after the end is no longer. */
const COMMENT_MAX = 65_535;
const ENCRYPTED = 0x01;
const STORED = 0;
const DEFLATED = 8;
/** Entries of one archive; large programs have some ten thousand. */
const ENTRIES_MAX = 200_000;
/** Bytes that are taken as they are where they could not have been compressed better. */
const RATIO_FREE = 1024 * 1024;
/** Deflate makes no more than 1,032 bytes of one; real content is far below. */
const RATIO_MAX = 200;

const inflate = promisify<Buffer, { maxOutputLength: number }, Buffer>(inflateRaw);

export interface ZipEntry {
  name: string;
  size: number;
  compressedSize: number;
  /** Where its header lies. */
  at: number;
  method: number;
  encrypted: boolean;
}

/**
 * A zip archive in memory, by the list at its end: what comes before the archive (a script that starts it, say) is skipped.
 *
 * @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export class ZipFile {
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  /** @throws {Unread} `damaged`, `tooMany` */
  *entries(): Generator<ZipEntry, void, void> {
    const bytes = this.#bytes;
    const { count, size, offset, end } = this.#end();
    // Offsets count from where the archive begins.
    const before = Math.max(0, end - size - offset);
    let at = before + offset;
    for (let position = 0; position < count; position += 1) {
      if (position === ENTRIES_MAX)
        throw new Unread('tooMany', `It has ${count} entries; the first ${ENTRIES_MAX} were read.`);
      if (at + CENTRAL_SIZE > bytes.byteLength || bytes.readUInt32LE(at) !== CENTRAL)
        throw new Unread('damaged', 'The list of its entries is cut.');
      const name = bytes.readUInt16LE(at + 28);
      const extra = bytes.readUInt16LE(at + 30);
      const from = at + CENTRAL_SIZE;
      yield {
        name: bytes.toString('utf8', from, from + name),
        size: bytes.readUInt32LE(at + 24),
        compressedSize: bytes.readUInt32LE(at + 20),
        at: before + bytes.readUInt32LE(at + 42),
        method: bytes.readUInt16LE(at + 10),
        encrypted: (bytes.readUInt16LE(at + 8) & ENCRYPTED) !== 0,
      };
      at = from + name + extra + bytes.readUInt16LE(at + 32);
    }
  }

  /** @throws {Unread} `damaged`, `tooLarge`, `unsupported` */
  async content(entry: ZipEntry, max: number): Promise<Buffer> {
    const { at, compressedSize, size, method } = entry;
    if (size > max) throw new Unread('tooLarge', `${entry.name} has ${size} bytes; at most ${max} are read.`);
    if (size > RATIO_FREE && size > compressedSize * RATIO_MAX)
      throw new Unread(
        'tooLarge',
        `${entry.name} grows from ${compressedSize} to ${size} bytes; at most ${RATIO_MAX} times is read.`,
      );
    if (entry.encrypted || (method !== STORED && method !== DEFLATED))
      throw new Unread('unsupported', `${entry.name} is encrypted, or compressed in a way that is not read.`);
    const bytes = this.#bytes;
    if (at + LOCAL_SIZE > bytes.byteLength || bytes.readUInt32LE(at) !== LOCAL)
      throw new Unread('damaged', `${entry.name} is not where the list of entries says.`);
    const from = at + LOCAL_SIZE + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
    if (from + compressedSize > bytes.byteLength) throw new Unread('damaged', `${entry.name} is cut.`);
    const held = bytes.subarray(from, from + compressedSize);
    if (method === STORED) {
      if (compressedSize !== size) throw new Unread('damaged', `${entry.name} has two sizes.`);
      return held;
    }
    try {
      return await inflate(held, { maxOutputLength: Math.max(1, size) });
    } catch {
      throw new Unread('damaged', `${entry.name} is compressed wrongly, or its size is a lie.`);
    }
  }

  #end(): { count: number; size: number; offset: number; end: number } {
    const bytes = this.#bytes;
    const lowest = Math.max(0, bytes.byteLength - END_SIZE - COMMENT_MAX);
    for (let at = bytes.byteLength - END_SIZE; at >= lowest; at -= 1) {
      if (bytes.readUInt32LE(at) !== END) continue;
      const count = bytes.readUInt16LE(at + 10);
      const size = bytes.readUInt32LE(at + 12);
      const offset = bytes.readUInt32LE(at + 16);
      if (count < 0xffff && offset < 0xffffffff) return { count, size, offset, end: at };
      return this.#end64(at) ?? { count, size, offset, end: at };
    }
    throw new Unread('damaged', 'It is no zip archive, or its end is cut.');
  }

  /** Of more than 65,534 entries. */
  #end64(locator: number): { count: number; size: number; offset: number; end: number } | undefined {
    const bytes = this.#bytes;
    const at = locator - 20;
    if (at < 0 || bytes.readUInt32LE(at) !== LOCATOR_64) return undefined;
    const end = Number(bytes.readBigUInt64LE(at + 8));
    if (end + 56 > bytes.byteLength || bytes.readUInt32LE(end) !== END_64) return undefined;
    return {
      count: Number(bytes.readBigUInt64LE(end + 32)),
      size: Number(bytes.readBigUInt64LE(end + 40)),
      offset: Number(bytes.readBigUInt64LE(end + 48)),
      end,
    };
  }
}
