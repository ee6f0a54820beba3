import { createHash } from 'node:crypto';
import { Readable, type Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { RegistryError } from '../errors.ts';
import { damaged } from './file-errors.ts';
import { frames } from './zstd-frames.ts';

/** Bytes by which a compression is recognised. */
const HEAD = 4;
/** Bytes that are unpacked at a time: with less, going to the thread that does it costs more than the work. */
const CHUNK = 1024 * 1024;
/** Some chunks are unpacked while others are looked at. */
const AHEAD = { chunkSize: CHUNK, readableHighWaterMark: 2 * CHUNK };

export type Compression = 'none' | 'gzip' | 'zstd' | 'other';

export function compressionOf(head: Uint8Array): Compression {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  if (a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd) return 'zstd';
  // xz and bzip2
  if ((a === 0xfd && b === 0x37 && c === 0x7a && d === 0x58) || (a === 0x42 && b === 0x5a && c === 0x68))
    return 'other';
  return 'none';
}

/** The bytes without their compression, as they come: each chunk is good until the next is asked for. @throws {RegistryError} `contentDamaged`, `unsupported` */
export async function* decompressed(
  chunks: AsyncIterable<Buffer>,
  where: string,
): AsyncGenerator<Buffer, void, void> {
  const iterator = chunks[Symbol.asyncIterator]();
  try {
    const first: Buffer[] = [];
    let held = 0;
    while (held < HEAD) {
      const next = await iterator.next();
      if (next.done) break;
      first.push(next.value);
      held += next.value.byteLength;
    }
    const all = rest(first, iterator);
    const compression = compressionOf(Buffer.concat(first).subarray(0, HEAD));
    if (compression === 'none') yield* all;
    else if (compression === 'zstd')
      yield* through(decompressor(compression, where), frames(gathered(all)), where);
    else yield* through(decompressor(compression, where), all, where);
  } finally {
    await iterator.return?.();
  }
}

/** The same bytes in larger chunks: of 64 kB, as they come from a network, zstd takes a third longer for all (M). */
async function* gathered(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.byteLength;
    if (size < CHUNK) continue;
    yield held.length === 1 ? chunk : Buffer.concat(held, size);
    held = [];
    size = 0;
  }
  if (size > 0) yield Buffer.concat(held, size);
}

async function* rest(
  first: readonly Buffer[],
  iterator: AsyncIterator<Buffer>,
): AsyncGenerator<Buffer, void, void> {
  yield* first;
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

function decompressor(compression: Compression, where: string): Transform {
  if (compression === 'gzip') return zlib.createGunzip(AHEAD);
  if (compression === 'zstd' && 'createZstdDecompress' in zlib) return zlib.createZstdDecompress(AHEAD);
  throw new RegistryError('unsupported', '', {
    reason: `${where} is compressed in a way that is not read here.`,
  });
}

async function* through(
  stream: Transform,
  chunks: AsyncIterable<Buffer>,
  where: string,
): AsyncGenerator<Buffer, void, void> {
  const source = Readable.from(chunks, { objectMode: false });
  let failure: unknown;
  source.once('error', (error) => {
    failure = error;
    stream.destroy(error);
  });
  source.pipe(stream);
  try {
    for await (const chunk of stream) {
      yield chunk;
      release(chunk);
    }
  } catch (error) {
    throw failure ?? damaged(where, 'its compression is broken.', error);
  } finally {
    source.destroy();
  }
}

/**
 * Gives memory back when all of it was handed on, where Node.js can: what waits for the collector has it collect 60 times for a gigabyte,
 * which is a third of the time that unpacking takes (M).
 */
function release({ buffer, byteOffset, byteLength }: Buffer): void {
  const used = byteOffset + byteLength === CHUNK && buffer.byteLength === CHUNK;
  if (used && buffer instanceof ArrayBuffer && 'transfer' in buffer) buffer.transfer(0);
}

/** Hands the bytes on and knows their digest afterwards. */
export class Hashed {
  readonly #hash = createHash('sha256');

  async *pass(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      yield chunk;
    }
  }

  async take(chunks: AsyncIterable<Buffer>): Promise<void> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
    }
  }

  digest(): string {
    return `sha256:${this.#hash.copy().digest('hex')}`;
  }
}
