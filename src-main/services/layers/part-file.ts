import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileError } from '../../engine/index.ts';

/** Bytes that are written at once. */
const AT_ONCE = 1024 * 1024;

/** A file that gets its name when all of it is written, and is gone where that fails. */
export class PartFile {
  readonly #handle: FileHandle;
  #waiting: Uint8Array[] = [];
  #held = 0;

  private constructor(handle: FileHandle) {
    this.#handle = handle;
  }

  /** @throws {RegistryError} `fileFailed`, and what `fill` throws */
  static async write(path: string, fill: (file: PartFile) => Promise<void>): Promise<void> {
    const part = join(dirname(path), `.${basename(path)}.${randomUUID()}.part`);
    try {
      const handle = await open(part, 'wx', 0o600);
      try {
        const file = new PartFile(handle);
        await fill(file);
        await file.#flush();
        // Readable as any other file that the user saves.
        await handle.chmod(0o666 & ~process.umask());
        await handle.datasync();
      } finally {
        await handle.close();
      }
      await rename(part, path);
    } catch (error) {
      await rm(part, { force: true }).catch(() => undefined);
      throw fileError(error);
    }
  }

  async add(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#held += bytes.byteLength;
    if (this.#held >= AT_ONCE) await this.#flush();
  }

  async #flush(): Promise<void> {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#held = 0;
    if (waiting.length > 0) await this.#handle.writev(waiting);
  }
}
