import { damaged } from './file-errors.ts';

/** Bytes of which a tar archive consists. */
export const BLOCK = 512;
const USTAR = Buffer.from('ustar\0');
/** Permissions of what is written: anyone may read it. */
const MODE = 0o644;

export interface TarHeader {
  name: string;
  size: number;
  type: string;
  link: string;
  /** Permissions, without the kind of file; 0 like the others where it cannot be read. */
  mode: number;
  uid: number;
  gid: number;
  /** Unix seconds. */
  modified: number;
}

/** Bytes of a file with the rest of its last block. */
export const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

export function isZero(block: Uint8Array): boolean {
  for (let at = 0; at < block.byteLength; at++) if (block[at] !== 0) return false;
  return true;
}

/** @throws {RegistryError} `contentDamaged` @see POSIX.1-2024, pax, "ustar Interchange Format" */
export function readHeader(block: Uint8Array, where: string): TarHeader {
  if (!isHeader(block)) throw damaged(where, 'it is no tar archive, or a part of it is another one.');
  const name = textOf(block, 0, 100);
  const prefix = isUstar(block) ? textOf(block, 345, 500) : '';
  const size = readNumber(block, 124, 136);
  if (size === undefined || size < 0) throw damaged(where, `the size of ${name} cannot be read.`);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: String.fromCharCode(block[156] || 0x30),
    link: textOf(block, 157, 257),
    mode: (readNumber(block, 100, 108) ?? 0) & 0o7777,
    uid: readNumber(block, 108, 116) ?? 0,
    gid: readNumber(block, 116, 124) ?? 0,
    modified: readNumber(block, 136, 148) ?? 0,
  };
}

/** Whether its checksum is that of a header. */
export function isHeader(block: Uint8Array): boolean {
  let sum = 8 * 0x20;
  for (let at = 0; at < BLOCK; at++) if (at < 148 || at >= 156) sum += block[at] ?? 0;
  return readNumber(block, 148, 156) === sum;
}

/** GNU's own form (`ustar `, with a blank) keeps times in the place of the prefix. */
function isUstar(block: Uint8Array): boolean {
  return USTAR.every((byte, at) => block[257 + at] === byte);
}

/** `key=value` of an extended header; undefined where it is none. @see POSIX.1-2024, pax, "pax Extended Header" */
export function readPax(bytes: Uint8Array): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  for (let at = 0; at < bytes.byteLength; ) {
    const digits = /^(\d{1,7}) /.exec(Buffer.from(bytes.subarray(at, at + 8)).toString('latin1'))?.[1];
    const length = Number(digits ?? Number.NaN);
    const record = Buffer.from(bytes.subarray(at + (digits?.length ?? 0) + 1, at + length)).toString();
    const equals = record.indexOf('=');
    if (!(length > 0) || equals < 1 || !record.endsWith('\n')) return undefined;
    found.set(record.slice(0, equals), record.slice(equals + 1, -1));
    at += length;
  }
  return found;
}

interface HeaderFields extends Partial<Omit<TarHeader, 'name' | 'size'>> {
  name: string;
  size: number;
  prefix?: string;
}

/** Header of a plain file; as many blocks for every size. Times and owners are left out: the same content is the same archive. */
export function writeHeader(name: string, size: number): Buffer {
  const slash = name.lastIndexOf('/', 155);
  const rest = name.slice(slash + 1);
  if (name.length > 100 && slash > 0 && rest.length <= 100)
    return header({ name: rest, prefix: name.slice(0, slash), size });
  return writeEntryHeader({ name, size });
}

/** Header of any entry; names that are too long or no ASCII are in an extended one. */
export function writeEntryHeader(entry: Omit<HeaderFields, 'prefix'>): Buffer {
  const { name, link = '' } = entry;
  const records = [
    ...(fits(name) ? [] : [paxRecord('path', name)]),
    ...(fits(link) ? [] : [paxRecord('linkpath', link)]),
  ];
  const own = header({ ...entry, name: cut(name), link: cut(link) });
  if (records.length === 0) return own;
  const record = Buffer.concat(records);
  const extended = Buffer.alloc(padded(record.byteLength));
  record.copy(extended);
  return Buffer.concat([header({ name: 'pax', size: record.byteLength, type: 'x' }), extended, own]);
}

const fits = (name: string): boolean => name.length <= 100 && /^[ -~]*$/.test(name);

/** For who reads no extended headers. */
const cut = (name: string): string => name.replace(/[^ -~]/g, '_').slice(0, 100);

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header({
  name,
  size,
  prefix = '',
  type = '0',
  link = '',
  mode = MODE,
  uid = 0,
  gid = 0,
  modified = 0,
}: HeaderFields): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  writeOctal(block, mode, 100, 8);
  writeNumber(block, uid, 108, 8);
  writeNumber(block, gid, 116, 8);
  writeNumber(block, size, 124, 12);
  writeNumber(block, Math.max(0, Math.floor(modified)), 136, 12);
  block.write(type, 156, 1);
  block.write(link, 157, 100);
  block.write('ustar\u000000', 257, 8, 'latin1');
  block.write(prefix, 345, 155);
  block.fill(0x20, 148, 156);
  writeOctal(
    block,
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

/** What is too large for octal digits (8 GiB) as GNU and Go write it. */
function writeNumber(block: Buffer, value: number, at: number, length: number): void {
  if (value < 8 ** (length - 1)) writeOctal(block, value, at, length);
  else {
    block[at] = 0x80;
    block.writeUIntBE(value, at + length - 6, 6);
  }
}

function writeOctal(block: Buffer, value: number, at: number, length: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, length, 'latin1');
}

/** Octal, or GNU's binary form. Undefined for what is neither, or more than can be counted. */
export function readNumber(block: Uint8Array, start: number, end: number): number | undefined {
  const first = block[start] ?? 0;
  if (first & 0x80) return readBinary(block, start, end);
  let at = start;
  while (at < end && block[at] === 0x20) at++;
  let value = 0;
  for (; at < end; at++) {
    const digit = (block[at] ?? 0) - 0x30;
    if (digit < 0 || digit > 7) break;
    value = value * 8 + digit;
  }
  // Digits end with a blank or a zero.
  const last = at < end ? block[at] : 0;
  return last === 0 || last === 0x20 ? value : undefined;
}

/** A number of two's complement whose first bit says that it is one. */
function readBinary(block: Uint8Array, start: number, end: number): number | undefined {
  const negative = ((block[start] ?? 0) & 0x40) !== 0;
  let value = negative ? -1 : 0;
  for (let at = start; at < end; at++) {
    const byte = block[at] ?? 0;
    const bits = at > start ? byte : negative ? byte | 0x80 : byte & 0x7f;
    value = value * 256 + bits;
  }
  return Number.isSafeInteger(value) ? value : undefined;
}

function textOf(block: Uint8Array, start: number, end: number): string {
  if (block[start] === 0) return '';
  const zero = block.indexOf(0, start);
  const length = (zero < 0 || zero > end ? end : zero) - start;
  return Buffer.from(block.buffer, block.byteOffset + start, length).toString();
}
