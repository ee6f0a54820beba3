import { isDigest } from '../model/digest.ts';
import type { Descriptor } from '../model/manifest.ts';
import type { LayerToc } from '../vocabulary/layers.ts';
import type { LayerBlob } from './blob.ts';

const ESTARGZ_DIGEST = 'containerd.io/snapshot/stargz/toc.digest';
const CHUNKED_POSITION = 'io.github.containers.zstd-chunked.manifest-position';
const CHUNKED_CHECKSUM = 'io.github.containers.zstd-chunked.manifest-checksum';

/** Bytes of what ends the two formats; of zstd:chunked with the head of its frame. */
const ESTARGZ_FOOTER = 51;
const CHUNKED_FOOTER = 64;
/** The only kind of list that there is. */
const CHUNKED_TYPE = 1;
/** Layers of fewer bytes that no annotation speaks of are read: looking for a list costs as much. */
const LOOK_FROM = 16 * 2 ** 20;

/** What a layer's table of contents says is not what it should be: its place, its digest, or its form. */
export class TocRefused extends Error {}

/** Where a layer has its table of contents. */
export interface TocPlace {
  readonly kind: LayerToc;
  readonly start: number;
  /** Bytes, compressed. */
  readonly length: number;
  /** What the manifest says: of estargz's list without its compression, of zstd:chunked's with it. */
  readonly digest: string | undefined;
}

/**
 * Where the table of contents of a layer is; undefined where it has none, or its place gives no parts of blobs.
 *
 * @throws {TocRefused} where the manifest speaks of one that is not there; {RegistryError} of the source
 * @see containerd/stargz-snapshotter, docs/estargz.md; containers/storage, pkg/chunked
 */
export async function findToc(
  blob: LayerBlob,
  { annotations = {}, size, sizeUnknown }: Descriptor,
  signal: AbortSignal | undefined,
): Promise<TocPlace | undefined> {
  if (sizeUnknown) return undefined;
  const position = annotations[CHUNKED_POSITION];
  const checksum = digestIn(annotations[CHUNKED_CHECKSUM]);
  if (position !== undefined) {
    const [start = -1, length = 0, , type] = position.split(':').map(Number);
    if (isPlace(start, length, size) && type === CHUNKED_TYPE)
      return { kind: 'zstdChunked', start, length, digest: checksum };
    throw new TocRefused();
  }
  const digest = digestIn(annotations[ESTARGZ_DIGEST]);
  if (size < CHUNKED_FOOTER || (digest === undefined && size < LOOK_FROM)) return undefined;
  const part = await blob.part({ start: size - CHUNKED_FOOTER, length: CHUNKED_FOOTER, signal });
  if (!part) return undefined;
  const end = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  const place = estargzPlace(end, size, digest) ?? chunkedPlace(end, size, checksum);
  if (!place && digest !== undefined) throw new TocRefused();
  return place;
}

function estargzPlace(end: Buffer, size: number, digest: string | undefined): TocPlace | undefined {
  const footer = end.subarray(-ESTARGZ_FOOTER);
  // RFC 1952: deflate, with an extra field.
  if (footer.readUIntBE(0, 4) !== 0x1f8b0804) return undefined;
  if (footer.toString('latin1', 12, 14) !== 'SG' || footer.readUInt16LE(14) !== 22) return undefined;
  const hex = /^([0-9a-f]{16})STARGZ$/.exec(footer.toString('latin1', 16, 38))?.[1];
  const start = Number.parseInt(hex ?? '', 16);
  const length = size - ESTARGZ_FOOTER - start;
  return isPlace(start, length, size) ? { kind: 'estargz', start, length, digest } : undefined;
}

function chunkedPlace(end: Buffer, size: number, digest: string | undefined): TocPlace | undefined {
  if (end.toString('latin1', 56) !== 'GNUlInUx') return undefined;
  const [start = -1, length = 0, type] = [0, 8, 24].map((at) => Number(end.readBigUInt64LE(at)));
  if (!isPlace(start, length, size) || type !== CHUNKED_TYPE) return undefined;
  return { kind: 'zstdChunked', start, length, digest };
}

function isPlace(start: number, length: number, size: number): boolean {
  const numbers = Number.isSafeInteger(start) && Number.isSafeInteger(length);
  return numbers && start >= 0 && length > 0 && start + length <= size;
}

const digestIn = (text: string | undefined): string | undefined =>
  text !== undefined && isDigest(text) ? text : undefined;
