import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { RegistryError } from '../registry-error.ts';

/** How faults harm the reading of a body. */
export interface BodyFaults {
  bytesPerSecond?: number;
  /** Called when so many bytes were taken; must destroy the connection. */
  breakAfter?: { bytes: number; act: () => void };
}

/** A request's body, read once, as a stream or whole. */
export class RequestBody implements AsyncIterable<Uint8Array> {
  readonly #message: IncomingMessage;
  readonly #faults: BodyFaults;
  readonly #signal: AbortSignal;
  #taken = 0;

  constructor(message: IncomingMessage, faults: BodyFaults, signal: AbortSignal) {
    this.#message = message;
    this.#faults = faults;
    this.#signal = signal;
  }

  /** The bytes read so far. */
  get taken(): number {
    return this.#taken;
  }

  /** The Content-Length; undefined for a chunked body. */
  get length(): number | undefined {
    const header = this.#message.headers['content-length'];
    return header === undefined ? undefined : Number(header);
  }

  /** @throws when the connection breaks before the body's end. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array> {
    const { bytesPerSecond, breakAfter } = this.#faults;
    // Leaving early must not destroy the connection: the client still gets its answer.
    for await (const part of this.#message.iterator({ destroyOnReturn: false })) {
      const chunk: Uint8Array = part;
      const room = breakAfter ? breakAfter.bytes - this.#taken : Number.POSITIVE_INFINITY;
      const taken = chunk.byteLength > room ? chunk.subarray(0, room) : chunk;
      this.#taken += taken.byteLength;
      if (taken.byteLength > 0) yield taken;
      if (breakAfter && this.#taken >= breakAfter.bytes) {
        breakAfter.act();
        throw new Error('the connection was reset');
      }
      if (bytesPerSecond) {
        await delay((taken.byteLength / bytesPerSecond) * 1000, undefined, { signal: this.#signal });
      }
    }
  }

  /** @throws {RegistryError} 413 SIZE_INVALID if it is larger than `limit` bytes. */
  async whole(limit: number): Promise<Uint8Array> {
    const tooLarge = (): RegistryError =>
      new RegistryError(413, 'SIZE_INVALID', `the body is larger than ${limit} bytes`);
    if ((this.length ?? 0) > limit) throw tooLarge();
    const chunks: Uint8Array[] = [];
    for await (const chunk of this) {
      if (this.#taken > limit) throw tooLarge();
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}
