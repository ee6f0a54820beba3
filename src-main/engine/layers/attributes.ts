import { createHash } from 'node:crypto';
import { readNumber } from '../content/tar-header.ts';

/** Extended attributes as GNU tar, Go and libarchive write them. */
const XATTR = /^(?:SCHILY|LIBARCHIVE)\.xattr\./;
const TYPE = 156;
/** Types `3` and `4`. */
const DEVICES: readonly number[] = [0x33, 0x34];
const MAJOR = { start: 329, end: 337 };
const MINOR = { start: 337, end: 345 };

/** What two entries of the same attributes and the same device have in common, as a number; undefined where there are none. */
export function attributesOf(block: Buffer, pax: ReadonlyMap<string, string>): number | undefined {
  const isDevice = DEVICES.includes(block[TYPE] ?? 0);
  if (pax.size === 0 && !isDevice) return undefined;
  const stated = [...pax].filter(([key]) => XATTR.test(key)).sort(([one], [other]) => (one < other ? -1 : 1));
  if (isDevice) {
    stated.push(['major', String(readNumber(block, MAJOR.start, MAJOR.end))]);
    stated.push(['minor', String(readNumber(block, MINOR.start, MINOR.end))]);
  }
  if (stated.length === 0) return undefined;
  return createHash('sha256').update(JSON.stringify(stated)).digest().readUInt32LE(0) || 1;
}
