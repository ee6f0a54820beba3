import { Readable } from 'node:stream';
import { RegistryError } from '../errors.ts';
import { lend } from '../http/read-buffers.ts';
import { BlobStream } from './blob-stream.ts';

/**
 * A blob's verified bytes from an offset on: what is wrong with them is thrown before the last byte is given. Called anew for
 * each attempt; its error ends the upload.
 */
export type OpenBlob = (offset: number, signal: AbortSignal) => AsyncIterable<Buffer>;

interface SourceOptions {
  offset: number;
  /** Of the whole blob. */
  size: number;
  signal: AbortSignal | undefined;
  /** Bytes handed to the connection. */
  onBytes: (bytes: number) => void;
}

/** The bytes of one attempt at an upload, cut into request bodies. */
export class UploadSource {
  readonly #open: () => AsyncIterable<Buffer>;
  readonly #onBytes: (bytes: number) => void;
  readonly #stop = new AbortController();
  #left: number;
  #chunks: AsyncIterator<Buffer> | undefined;
  /** The beginning of the next body. */
  #rest: Buffer | undefined;
  #body: Readable | undefined;
  #failure: unknown;

  constructor(open: OpenBlob, { offset, size, signal, onBytes }: SourceOptions) {
    const either = signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal;
    this.#open = () => open(offset, either);
    this.#onBytes = onBytes;
    this.#left = size - offset;
  }

  /** Why the source gave no more, of side `source`; undefined where it was not the source that failed. */
  get failure(): unknown {
    return this.#body instanceof BlobStream ? this.#body.failure?.on('source') : this.#failure;
  }

  /** The next so many bytes as a body. The one before must have been read to its end. */
  take(length: number): Readable | Uint8Array {
    if (length === 0) return new Uint8Array(0);
    const opened = this.#chunks ? undefined : this.#open();
    // A download that is wanted whole is the body itself; its chunks take no detour.
    if (opened instanceof BlobStream && length === this.#left) {
      // Paused, or this listener would start it before there is anyone to send to.
      opened.pause().on('data', (chunk: Buffer) => {
        lend(chunk);
        this.#onBytes(chunk.byteLength);
      });
      opened.on('error', () => undefined); // reported by `failure`
      this.#body = opened;
      return opened;
    }
    this.#chunks ??= opened?.[Symbol.asyncIterator]();
    this.#body = Readable.from(this.#next(length), { objectMode: false });
    return this.#body;
  }

  /** Ends the download too, even while it waits for bytes. */
  close(): void {
    const whole = this.#body instanceof BlobStream && this.#body.readableEnded;
    if (!whole) this.#stop.abort();
    this.#body?.destroy();
    this.#chunks?.return?.().catch(() => undefined); // it failed, and was heard when it did
  }

  async *#next(length: number): AsyncGenerator<Buffer> {
    let left = length;
    while (left > 0) {
      let chunk = this.#rest ?? (await this.#read());
      this.#rest = undefined;
      if (chunk.byteLength > left) {
        this.#rest = chunk.subarray(left);
        chunk = chunk.subarray(0, left);
      }
      left -= chunk.byteLength;
      lend(chunk);
      this.#onBytes(chunk.byteLength);
      yield chunk;
    }
  }

  /** What fails here is the source; what is thrown into the generator above is the connection's failure. */
  async #read(): Promise<Buffer> {
    try {
      const next = await this.#chunks?.next();
      if (!next || next.done)
        throw new RegistryError('digestMismatch', '', {
          reason: `The source ended ${this.#left} bytes before the blob does.`,
        });
      this.#left -= next.value.byteLength;
      if (this.#left < 0)
        throw new RegistryError('digestMismatch', '', {
          reason: 'The source gives more bytes than the blob has.',
        });
      return next.value;
    } catch (error) {
      this.#failure = error instanceof RegistryError ? error.on('source') : error;
      throw error;
    }
  }
}
