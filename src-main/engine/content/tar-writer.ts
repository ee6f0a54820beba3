import type { FileHandle } from 'node:fs/promises';
import { onFiles } from './file-errors.ts';
import { BLOCK, padded, writeHeader } from './tar-header.ts';

/** Writes a tar archive, one file after another. What fails within a file leaves the archive as it was before it. */
export class TarWriter {
  readonly #handle: FileHandle;
  #at = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /**
   * Nothing is read of it before its turn has come.
   *
   * @param name called when all of the content is known; without one it is left out
   * @param longest a name as long as the one to come
   */
  add(chunks: AsyncIterable<Uint8Array>, name: () => string | undefined, longest: string): Promise<void> {
    const added = this.#last.then(() => this.#add(chunks, name, longest));
    this.#last = added.catch(() => {});
    return added;
  }

  /** The mark of the end, and all of it on the disk. */
  async finish(): Promise<void> {
    await this.#last;
    await this.#write(Buffer.alloc(2 * BLOCK), this.#at);
    await onFiles(async () => {
      // What a file that failed has left.
      await this.#handle.truncate(this.#at + 2 * BLOCK);
      await this.#handle.datasync();
    });
  }

  async #add(
    chunks: AsyncIterable<Uint8Array>,
    name: () => string | undefined,
    longest: string,
  ): Promise<void> {
    const start = this.#at + writeHeader(longest, 0).byteLength;
    let size = 0;
    for await (const chunk of chunks) {
      await this.#write(chunk, start + size);
      size += chunk.byteLength;
    }
    const final = name();
    if (final === undefined) return;
    await this.#write(Buffer.alloc(padded(size) - size), start + size);
    await this.#write(writeHeader(final, size), this.#at);
    this.#at = start + padded(size);
  }

  async #write(bytes: Uint8Array, at: number): Promise<void> {
    for (let done = 0; done < bytes.byteLength; ) {
      const { bytesWritten } = await onFiles(() =>
        this.#handle.write(bytes, done, bytes.byteLength - done, at + done),
      );
      done += bytesWritten;
    }
  }
}
