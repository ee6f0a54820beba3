import { createHash } from 'node:crypto';
import type { Transform } from 'node:stream';
import * as zlib from 'node:zlib';
import { RegistryError } from '../errors.ts';
import { damaged } from './file-errors.ts';
import { frames } from './zstd-frames.ts';

/** Bytes by which a compression is recognised. */
const HEAD = 4;
/** Bytes that are unpacked at a time: with less, going to the thread that does it costs more than the work. */
const CHUNK = 2 * 1024 * 1024;
/** Bytes that are given to zstd at a time: with less, its thread waits for the next of them too often. */
const PACKED = 4 * 1024 * 1024;
/** Some chunks are unpacked while others are looked at, each as it is: a stream of bytes would join those that wait, and copy them. */
const AHEAD = { chunkSize: CHUNK, readableObjectMode: true, readableHighWaterMark: 4 };

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

/** The same bytes in larger chunks, each good until the one after the next is asked for. */
async function* gathered(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  let [filled, last]: [Buffer | undefined, Buffer | undefined] = [undefined, undefined];
  let held = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.byteLength; ) {
      filled ??= Buffer.allocUnsafeSlow(PACKED);
      const copied = chunk.copy(filled, held, at);
      at += copied;
      held += copied;
      if (held < PACKED) continue;
      yield filled;
      [filled, last] = [last, filled];
      held = 0;
    }
  }
  if (filled && held > 0) yield filled.subarray(0, held);
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
  let failure: unknown;
  const fed = feed(stream, chunks).catch((error) => {
    failure = error;
    stream.destroy(error);
  });
  try {
    for await (const chunk of stream) {
      yield chunk;
      release(chunk);
    }
  } catch (error) {
    throw failure ?? damaged(where, 'its compression is broken.', error);
  } finally {
    stream.destroy();
    await fed;
  }
}

/** Writes them one after the other; while one is unpacked the next is got, and none after it. */
async function feed(stream: Transform, chunks: AsyncIterable<Buffer>): Promise<void> {
  const iterator = chunks[Symbol.asyncIterator]();
  const take = () => {
    const next = iterator.next();
    // Nobody waits for what comes after the end of the stream.
    next.catch(() => {});
    return next;
  };
  let goOn = () => {};
  // A chunk that is found to be broken is never called written.
  stream.once('close', () => goOn());
  try {
    for (let next = take(); !stream.destroyed; ) {
      const { done, value } = await next;
      if (done) {
        stream.end();
        return;
      }
      await new Promise<void>((resolve) => {
        goOn = resolve;
        stream.write(value, () => resolve());
        next = take();
      });
    }
  } finally {
    await iterator.return?.();
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
