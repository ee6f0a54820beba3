import { createHash } from 'node:crypto';
import { decompressed } from '../content/compression.ts';
import { goOn } from '../content/file-errors.ts';
import { algorithmOf } from '../model/digest.ts';
import { bytesOf, type JsonObject, textOf } from '../model/json-fields.ts';
import type { Descriptor } from '../model/manifest.ts';
import { Turns } from '../turns.ts';
import type { LayerBlob } from './blob.ts';
import type { LayerEntryType } from './entry.ts';
import type { StatedEntry } from './entry-of.ts';
import { TarReader } from './tar-reader.ts';
import { findToc, type TocPlace, TocRefused } from './toc-place.ts';
import { TocScan } from './toc-scan.ts';
import { checkLimits } from './walk.ts';

/** Bytes of a table of contents as it is stored: that of a layer of a million files has some 60 MB. */
const STORED_MAX = 256 * 2 ** 20;
/** Bytes of the list between two looks at the clock: some milliseconds at first, where V8 still interprets. */
const SLICE = 16 * 1024;
/** The only file of the archive that estargz keeps its list in. */
const ESTARGZ_FILE = 'stargz.index.json';

const TYPES: Readonly<Record<string, LayerEntryType>> = {
  dir: 'directory',
  reg: 'file',
  symlink: 'symlink',
  hardlink: 'hardlink',
  char: 'character',
  block: 'block',
  fifo: 'fifo',
};

/**
 * Reads the table of contents of a layer, and nothing else of it: two requests, or one where the manifest says where it is.
 *
 * @param take called with each entry; nothing of it must be used where this throws
 * @returns undefined where the layer has none, or its place gives no parts of blobs
 * @throws {TocRefused} where its digest or its form is not what it should be; {RegistryError} of the source
 */
export async function readToc(
  blob: LayerBlob,
  layer: Descriptor,
  take: (entry: JsonObject) => void,
  signal: AbortSignal | undefined,
): Promise<TocPlace | undefined> {
  const place = await findToc(blob, layer, signal);
  if (!place) return undefined;
  if (place.length > STORED_MAX) throw new TocRefused();
  const stored = await blob.part({ start: place.start, length: place.length, signal });
  if (!stored) return undefined;
  try {
    await scan(Buffer.from(stored.buffer, stored.byteOffset, stored.byteLength), place, take, signal);
  } catch (error) {
    if (signal?.aborted || error instanceof TocRefused) throw error;
    throw new TocRefused('', { cause: error });
  }
  return place;
}

async function scan(
  stored: Buffer,
  { kind, digest }: TocPlace,
  take: (entry: JsonObject) => void,
  signal: AbortSignal | undefined,
): Promise<void> {
  const list = new TocScan(take);
  const hash = digest === undefined ? undefined : createHash(algorithmOf(digest));
  const turns = new Turns(1);
  const sink = {
    write: (chunk: Uint8Array) => {
      if (kind === 'estargz') hash?.update(chunk);
      list.push(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
    },
    end: () => list.end(),
  };
  const archive = new TarReader(
    '',
    ({ path }) => (path === ESTARGZ_FILE ? sink : undefined),
    () => {},
  );
  let bytes = 0;
  const parts = inParts(stored, (part) => {
    if (kind === 'zstdChunked') hash?.update(part);
  });
  for await (const chunk of decompressed(parts, '')) {
    goOn(signal);
    bytes += chunk.byteLength;
    checkLimits('', { read: stored.byteLength, bytes });
    for (let at = 0; at < chunk.byteLength; at += SLICE) {
      const slice = chunk.subarray(at, at + SLICE);
      if (kind === 'estargz') archive.push(slice);
      else sink.write(slice);
      if (turns.due) await turns.pass(signal);
    }
  }
  list.end();
  if (hash && digest !== `${algorithmOf(digest ?? '')}:${hash.digest('hex')}`) throw new TocRefused();
}

/** So that a large one is unpacked, and scanned, in slices. */
async function* inParts(stored: Buffer, see: (part: Buffer) => void): AsyncGenerator<Buffer, void, void> {
  const PART = 64 * 1024;
  for (let at = 0; at < stored.byteLength; at += PART) {
    const part = stored.subarray(at, at + PART);
    see(part);
    yield part;
  }
}

/** An entry as an archive would state it; undefined for a part of the file before it. @throws {TocRefused} for none */
export function statedEntry(fields: JsonObject): StatedEntry | undefined {
  const type = textOf(fields.type);
  const name = textOf(fields.name, 1_000_000);
  if (type === 'chunk') return undefined;
  if (name === undefined || type === undefined) throw new TocRefused();
  const time = Date.parse(textOf(fields.modtime) ?? '');
  return {
    name,
    type: TYPES[type],
    link: textOf(fields.linkName, 1_000_000) ?? '',
    size: type === 'reg' ? (bytesOf(fields.size) ?? 0) : 0,
    mode: (bytesOf(fields.mode) ?? 0) & 0o7777,
    uid: bytesOf(fields.uid) ?? 0,
    gid: bytesOf(fields.gid) ?? 0,
    modified: Number.isNaN(time) ? 0 : time / 1000,
  };
}
