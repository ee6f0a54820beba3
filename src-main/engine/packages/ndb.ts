import { Unread } from './reader.ts';

const HEADER_MAGIC = 0x506d7052; // RpmP
const SLOT_MAGIC = 0x746f6c53; // Slot
const BLOB_MAGIC = 0x53626c42; // BlbS
const PAGE = 4096;
const SLOT = 16;
/** The header takes the place of the first two slots. */
const FIRST_SLOT = 32;
/** Blobs begin at multiples of it. */
const BLOCK = 16;
const BLOB_HEADER = 16;

/**
 * The packages of RPM's own database format.
 *
 * @see https://github.com/rpm-software-management/rpm/blob/master/lib/backend/ndb/rpmpkg.c
 * @throws {Unread} `damaged`
 */
export function* ndbBlobs(bytes: Buffer): Generator<Buffer, void, void> {
  if (bytes.byteLength < FIRST_SLOT || bytes.readUInt32LE(0) !== HEADER_MAGIC)
    throw new Unread('damaged', "It is no database of RPM's own format.");
  const slots = bytes.readUInt32LE(12) * PAGE;
  if (slots > bytes.byteLength) throw new Unread('damaged', 'The list of its packages is cut.');
  /** No two packages share bytes. */
  let left = bytes.byteLength;
  for (let at = FIRST_SLOT; at + SLOT <= slots; at += SLOT) {
    if (bytes.readUInt32LE(at) !== SLOT_MAGIC)
      throw new Unread('damaged', 'The list of its packages is broken.');
    const from = bytes.readUInt32LE(at + 8) * BLOCK;
    // One that is free.
    if (bytes.readUInt32LE(at + 4) === 0 || from === 0) continue;
    if (from + BLOB_HEADER > bytes.byteLength || bytes.readUInt32LE(from) !== BLOB_MAGIC)
      throw new Unread('damaged', 'A package is not where the list of packages says.');
    const length = bytes.readUInt32LE(from + 12);
    if (from + BLOB_HEADER + length > bytes.byteLength) throw new Unread('damaged', 'A package is cut.');
    left -= length;
    if (left < 0) throw new Unread('damaged', 'Its packages have more bytes than there are.');
    yield bytes.subarray(from + BLOB_HEADER, from + BLOB_HEADER + length);
  }
}
