import { type FoundPackage, licenceOf, nameOf } from './found.ts';

const TAGS = {
  1000: 'name',
  1001: 'version',
  1002: 'release',
  1003: 'epoch',
  1014: 'licence',
  1022: 'arch',
  1044: 'source',
} as const;
const INT32 = 4;
const STRING = 6;
const STRINGS = 8;
const I18N = 9;
/** Bytes of one entry of the index. */
const ENTRY = 16;
/** Tags of a package; real ones have some hundred. */
const ENTRIES_MAX = 65_536;

/**
 * A package as RPM's databases keep it; undefined for what is none, or cannot be read. Keys that packages are signed with are kept in
 * the same way and are none.
 *
 * @see https://rpm.org/docs/4.20.x/manual/format_header.html
 */
export function readRpmHeader(blob: Buffer): FoundPackage | undefined {
  if (blob.byteLength < 8) return undefined;
  const entries = blob.readUInt32BE(0);
  const store = 8 + entries * ENTRY;
  if (entries > ENTRIES_MAX || store > blob.byteLength) return undefined;
  const fields: { [Field in (typeof TAGS)[keyof typeof TAGS]]?: string } = {};
  for (let at = 8; at < store; at += ENTRY) {
    const field = TAGS[blob.readUInt32BE(at) as keyof typeof TAGS];
    // Each is there once: of a tag that comes again nothing is looked for.
    if (field === undefined || field in fields) continue;
    const from = store + blob.readUInt32BE(at + 8);
    const type = blob.readUInt32BE(at + 4);
    fields[field] = '';
    if (type === STRING || type === STRINGS || type === I18N) {
      const end = blob.indexOf(0, from);
      if (from < blob.byteLength && end >= 0) fields[field] = blob.toString('utf8', from, end);
    } else if (type === INT32 && from + 4 <= blob.byteLength) fields[field] = String(blob.readUInt32BE(from));
  }
  const name = nameOf(fields.name);
  const version = nameOf(fields.version);
  if (name === undefined || version === undefined || name === 'gpg-pubkey') return undefined;
  const epoch = nameOf(fields.epoch);
  const release = nameOf(fields.release);
  const licence = licenceOf(fields.licence);
  const architecture = nameOf(fields.arch);
  const source = nameOf(fields.source?.replace(/-[^-]+-[^-]+\.(no)?src\.rpm$/, ''));
  return {
    type: 'rpm',
    name,
    version: `${epoch === undefined || epoch === '0' ? '' : `${epoch}:`}${version}${release === undefined ? '' : `-${release}`}`,
    ...(licence === undefined ? {} : { licence }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined || source === name ? {} : { source }),
  };
}
