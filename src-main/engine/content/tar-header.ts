import { damaged } from './file-errors.ts';

/** Bytes of which a tar archive consists. */
export const BLOCK = 512;
/** Permissions of what is written: anyone may read it. */
const MODE = 0o644;

export interface TarHeader {
  name: string;
  size: number;
  type: string;
  link: string;
}

/** Bytes of a file with the rest of its last block. */
export const padded = (size: number): number => Math.ceil(size / BLOCK) * BLOCK;

export const isZero = (block: Uint8Array): boolean => block.every((byte) => byte === 0);

/** @throws {RegistryError} `contentDamaged` @see POSIX.1-2024, pax, "ustar Interchange Format" */
export function readHeader(block: Uint8Array, where: string): TarHeader {
  let sum = 8 * 0x20;
  for (const [at, byte] of block.entries()) if (at < 148 || at >= 156) sum += byte;
  if (readNumber(block.subarray(148, 156)) !== sum)
    throw damaged(where, 'it is no tar archive, or a part of it is another one.');
  const magic = textOf(block.subarray(257, 263));
  const name = textOf(block.subarray(0, 100));
  // GNU's own form keeps times in the place of the prefix.
  const prefix = magic === 'ustar' ? textOf(block.subarray(345, 500)) : '';
  const size = readNumber(block.subarray(124, 136));
  if (size === undefined) throw damaged(where, `the size of ${name} cannot be read.`);
  return {
    name: prefix === '' ? name : `${prefix}/${name}`,
    size,
    type: String.fromCharCode(block[156] || 0x30),
    link: textOf(block.subarray(157, 257)),
  };
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

/** Header of a plain file; as many blocks for every size. Times and owners are left out: the same content is the same archive. */
export function writeHeader(name: string, size: number): Buffer {
  const slash = name.lastIndexOf('/', 155);
  const rest = name.slice(slash + 1);
  if (name.length <= 100) return header({ name, prefix: '', size, type: '0' });
  if (slash > 0 && rest.length <= 100)
    return header({ name: rest, prefix: name.slice(0, slash), size, type: '0' });
  const record = paxRecord('path', name);
  const extended = Buffer.alloc(padded(record.byteLength));
  record.copy(extended);
  return Buffer.concat([
    header({ name: 'pax', prefix: '', size: record.byteLength, type: 'x' }),
    extended,
    header({ name: name.slice(0, 100), prefix: '', size, type: '0' }),
  ]);
}

function paxRecord(key: string, value: string): Buffer {
  const rest = Buffer.byteLength(` ${key}=${value}\n`);
  let length = rest + String(rest).length;
  if (String(length).length > String(rest).length) length = rest + String(length).length;
  return Buffer.from(`${length} ${key}=${value}\n`);
}

function header({ name, prefix, size, type }: Omit<TarHeader, 'link'> & { prefix: string }): Buffer {
  const block = Buffer.alloc(BLOCK);
  block.write(name, 0, 100);
  writeOctal(block, MODE, 100, 8);
  writeOctal(block, 0, 108, 8);
  writeOctal(block, 0, 116, 8);
  if (size < 8 ** 11) writeOctal(block, size, 124, 12);
  else {
    // More than 8 GiB: as GNU and Go write it.
    block[124] = 0x80;
    block.writeBigUInt64BE(BigInt(size), 128);
  }
  writeOctal(block, 0, 136, 12);
  block.write(type, 156, 1);
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

function writeOctal(block: Buffer, value: number, at: number, length: number): void {
  block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, length, 'latin1');
}

/** Octal, or GNU's binary form. Undefined for what is neither, or more than can be counted. */
function readNumber(field: Uint8Array): number | undefined {
  const [first = 0] = field;
  if (first & 0x80) {
    let value = 0;
    for (const [at, byte] of field.entries()) value = value * 256 + (at === 0 ? byte & 0x7f : byte);
    return Number.isSafeInteger(value) ? value : undefined;
  }
  const text = Buffer.from(field).toString('latin1').replace(/\0.*$/s, '').trim();
  if (text === '') return 0;
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined;
}

function textOf(field: Uint8Array): string {
  const end = field.indexOf(0);
  return Buffer.from(end < 0 ? field : field.subarray(0, end))
    .toString()
    .trimEnd();
}
