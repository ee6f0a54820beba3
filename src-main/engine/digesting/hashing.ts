import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';

/** From so many bytes on, a thread of its own saves more than its start takes. */
const LARGE = 64 * 1024 * 1024;
/** Bytes that wait for the thread before more are read. */
const AHEAD = 8 * 1024 * 1024;

export type ToHashing = Uint8Array<ArrayBuffer> | 'end';
/** How many bytes were added, or the digest of all. */
export type FromHashing = { readonly bytes: number } | { readonly digest: string };

/** The SHA-256 of content that comes by in chunks: it is either shown each, or given each when all others have looked at it. */
export interface Hashing {
  readonly see?: (chunk: Uint8Array) => void;
  /** Takes a chunk over with its memory. What it returns is waited for: many are still to be added. */
  readonly spend?: (chunk: Uint8Array<ArrayBuffer>) => Promise<void> | undefined;
  /** `sha256:…` of all of them. */
  digest(): Promise<string>;
  /** Also where no digest was asked for. */
  close(): void;
}

/** In a thread of its own where the content is large. @param size bytes of it, or of it in a compressed form */
export function hashingOf(size: number): Hashing {
  return size < LARGE ? hereHashing() : new ThreadHashing();
}

function hereHashing(): Hashing {
  const hash = createHash('sha256');
  return {
    see: (chunk) => void hash.update(chunk),
    digest: async () => `sha256:${hash.digest('hex')}`,
    close() {},
  };
}

class ThreadHashing implements Hashing {
  readonly #worker = new Worker(new URL('./worker.ts', import.meta.url));
  readonly #digest = Promise.withResolvers<string>();
  #ahead = 0;
  #drained: PromiseWithResolvers<void> | undefined;

  constructor() {
    this.#worker.on('message', (message: FromHashing) => {
      if ('digest' in message) return this.#digest.resolve(message.digest);
      this.#ahead -= message.bytes;
      if (this.#ahead < AHEAD) this.#drained?.resolve();
    });
    this.#worker.on('error', (error) => {
      this.#digest.reject(error);
      this.#drained?.reject(error);
    });
    // No one may wait for it when reading ends before.
    this.#digest.promise.catch(() => {});
  }

  readonly spend = (chunk: Uint8Array<ArrayBuffer>): Promise<void> | undefined => {
    this.#ahead += chunk.byteLength;
    this.#worker.postMessage(chunk satisfies ToHashing, [chunk.buffer]);
    if (this.#ahead < AHEAD) return undefined;
    this.#drained = Promise.withResolvers();
    return this.#drained.promise;
  };

  digest(): Promise<string> {
    this.#worker.postMessage('end' satisfies ToHashing);
    return this.#digest.promise;
  }

  close(): void {
    void this.#worker.terminate();
  }
}
