import { decompressed } from '../content/compression.ts';
import { damaged } from '../content/file-errors.ts';
import { isDigestOf } from '../model/digest.ts';
import { bytesOf, type JsonObject, textOf } from '../model/json-fields.ts';
import type { Descriptor } from '../model/manifest.ts';
import { Turns } from '../turns.ts';
import type { LayerBlob } from './blob.ts';
import { Growing } from './growing.ts';
import { normalizePath } from './paths.ts';
import { readToc } from './toc.ts';
import { TocRefused } from './toc-place.ts';

/** Bytes of one piece, stored and unpacked: it is held in memory until it is verified. */
const PIECE_MAX = 64 * 2 ** 20;

/** Pieces of one file; writers make them of some megabytes. */
const PIECES_MAX = 100_000;

/** A piece of a file, which lies in the layer by itself. */
interface Piece {
  /** In the layer, and in what comes out of it there. */
  readonly start: number;
  readonly inner: number;
  /** In the file. */
  readonly at: number;
  readonly size: number;
  readonly digest: string;
  readonly zeros: boolean;
}

/**
 * The bytes of one file of a layer that has a table of contents, each piece verified before it is given: only these are read.
 *
 * @returns undefined where all of the layer must be read for it: the table does not say enough
 * @throws {RegistryError} of the source
 */
export async function listedFile(
  blob: LayerBlob,
  layer: Descriptor,
  path: string,
  signal: AbortSignal | undefined,
): Promise<AsyncGenerator<Buffer, void, void> | undefined> {
  const list = new Pieces(path);
  try {
    const place = await readToc(blob, layer, (fields) => list.take(fields), signal);
    // Without a digest of the list those in it say nothing.
    if (place?.digest === undefined) return undefined;
    const pieces = list.whole();
    const ends = pieces && (await list.endsOf(pieces, place.start));
    if (!pieces || !ends?.every((end, at) => end - (pieces[at]?.start ?? 0) <= PIECE_MAX)) return undefined;
    return read(blob, layer, pieces, ends, signal);
  } catch (error) {
    if (error instanceof TocRefused) return undefined;
    throw error;
  }
}

async function* read(
  blob: LayerBlob,
  layer: Descriptor,
  pieces: readonly Piece[],
  ends: readonly number[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  for (const [at, piece] of pieces.entries()) {
    const { start, inner, size, digest, zeros } = piece;
    if (zeros) {
      yield Buffer.alloc(size);
      continue;
    }
    const stored = await blob.part({ start, length: (ends[at] ?? start) - start, signal });
    if (!stored) throw damaged(layer.digest, 'a part of it was not given.');
    const bytes = await unpacked(Buffer.from(stored), inner, size, layer.digest);
    if (!isDigestOf(digest, bytes))
      throw damaged(layer.digest, 'a part of it is not what its table of contents says.');
    yield bytes;
  }
}

/** What is wanted of what comes out; no more is unpacked. */
async function unpacked(stored: Buffer, inner: number, size: number, where: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let at = 0;
  const whole = async function* (): AsyncGenerator<Buffer, void, void> {
    yield stored;
  };
  for await (const chunk of decompressed(whole(), where)) {
    chunks.push(Buffer.from(chunk.subarray(Math.max(0, inner - at), Math.max(0, inner + size - at))));
    at += chunk.byteLength;
    if (at >= inner + size) break;
  }
  return Buffer.concat(chunks);
}

class Pieces {
  readonly #path: string;
  /** Where anything begins in the layer: what begins next ends what was before it. */
  readonly #starts = new Growing(Float64Array);
  #size: number | undefined;
  #pieces: Partial<Piece>[] = [];
  #within = false;

  constructor(path: string) {
    this.#path = path;
  }

  take(fields: JsonObject): void {
    const type = textOf(fields.type);
    const start = bytesOf(fields.offset);
    for (const place of [start, bytesOf(fields.endOffset)]) if (place !== undefined) this.#starts.push(place);
    if (type !== 'chunk') {
      const normal = normalizePath(textOf(fields.name, 1_000_000) ?? '');
      this.#within = type === 'reg' && 'path' in normal && normal.path === this.#path;
      if (this.#within) {
        // The later of two entries counts.
        this.#size = bytesOf(fields.size) ?? 0;
        this.#pieces = [];
      }
    }
    if (!this.#within || this.#pieces.length > PIECES_MAX) return;
    const digest = textOf(fields.chunkDigest) ?? textOf(fields.digest);
    this.#pieces.push({
      ...(start === undefined ? {} : { start }),
      inner: bytesOf(fields.innerOffset) ?? 0,
      at: bytesOf(fields.chunkOffset) ?? 0,
      size: bytesOf(fields.chunkSize) ?? 0,
      ...(digest === undefined ? {} : { digest }),
      zeros: fields.chunkType === 'zeros',
    });
  }

  /** All of the file, in order; undefined where something of it is not said. */
  whole(): Piece[] | undefined {
    if (this.#size === undefined || this.#pieces.length > PIECES_MAX) return undefined;
    if (this.#size === 0) return [];
    const whole: Piece[] = [];
    let next = 0;
    for (const { start = 0, inner = 0, at, size = 0, digest = '', zeros = false } of this.#pieces) {
      // The last one says no size.
      const piece = { start, inner, at: next, size: size || this.#size - next, digest, zeros };
      const stated = at === next && piece.size > 0 && piece.size <= PIECE_MAX;
      if (!stated || (!zeros && (digest === '' || start === 0))) return undefined;
      whole.push(piece);
      next += piece.size;
    }
    return next === this.#size ? whole : undefined;
  }

  /** Where each of the pieces ends: where the next thing begins, or at `last`. In slices: there may be millions of places. */
  async endsOf(pieces: readonly Piece[], last: number): Promise<number[]> {
    const turns = new Turns();
    const starts = Float64Array.from(pieces, ({ start }) => start).sort();
    const ends = new Float64Array(starts.length).fill(last);
    for (const place of this.#starts.array.subarray(0, this.#starts.length)) {
      if (turns.due) await turns.pass();
      const before = countBelow(starts, place) - 1;
      ends[before] = Math.min(ends[before] ?? 0, place);
    }
    return pieces.map(({ start }) => ends[countBelow(starts, start + 1) - 1] ?? last);
  }
}

/** How many of the numbers, which are in order, are less than another. */
function countBelow(numbers: Float64Array, than: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < than) low = middle + 1;
    else high = middle;
  }
  return low;
}
