import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError, goOn, isMissing, onFiles } from './file-errors.ts';
import { FileLock } from './file-lock.ts';
import { TarFiles } from './tar-files.ts';
import { TarWriter } from './tar-writer.ts';

/**
 * An archive on its way: written beside the one it will replace, which stays until it is whole. The files of that one are taken
 * over, except those that are written anew.
 */
export class ArchiveFile {
  readonly #path: string;
  /** Files that are written at the end, whatever they were before. */
  readonly #last: ReadonlySet<string>;
  readonly #names = new Set<string>();
  #begun: Promise<{ lock: FileLock; handle: FileHandle; writer: TarWriter }> | undefined;

  constructor(path: string, last: readonly string[]) {
    this.#path = path;
    this.#last = new Set(last);
  }

  /** What is there now. @throws {RegistryError} `contentDamaged`, `fileFailed` */
  async before(signal?: AbortSignal): Promise<TarFiles | undefined> {
    try {
      await stat(this.#path);
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw fileError(error);
    }
    return await TarFiles.open(this.#path, this.#path, signal);
  }

  /** Keeps other writers out. Safe to repeat. */
  async begin(): Promise<void> {
    this.#begun ??= this.#begin();
    await this.#begun;
  }

  get begun(): boolean {
    return this.#begun !== undefined;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /**
   * A file that is there already is left as it is.
   *
   * @param name asked for when all of the content has been read
   * @param like a name as long, where it is not known before
   */
  async add(chunks: AsyncIterable<Uint8Array>, name: () => string, like = name()): Promise<void> {
    this.#begun ??= this.#begin();
    const { writer } = await this.#begun;
    await writer.add(chunks, () => (this.#names.has(name()) ? undefined : name()), like);
    this.#names.add(name());
  }

  /** Puts it into its place. */
  async finish(): Promise<void> {
    const begun = await this.#begun;
    if (!begun) return;
    await begun.writer.finish();
    await onFiles(() => rename(this.#part, this.#path));
  }

  /** Removes what is not in its place. */
  async close(): Promise<void> {
    const begun = await this.#begun?.catch(() => undefined);
    this.#begun = undefined;
    this.#names.clear();
    if (!begun) return;
    await onFiles(async () => {
      await begun.handle.close();
      await rm(this.#part, { force: true });
    });
    await begun.lock.release();
  }

  get #part(): string {
    return `${this.#path}.part`;
  }

  async #begin(): Promise<{ lock: FileLock; handle: FileHandle; writer: TarWriter }> {
    await onFiles(() => stat(dirname(this.#path)));
    const lock = await FileLock.take(`${this.#path}.lock`);
    let handle: FileHandle | undefined;
    try {
      // What a writer left that was killed.
      await onFiles(() => rm(this.#part, { force: true }));
      handle = await onFiles(() => open(this.#part, 'wx'));
      const writer = new TarWriter(handle);
      await this.#takeOver(writer);
      return { lock, handle, writer };
    } catch (error) {
      await handle?.close();
      await rm(this.#part, { force: true });
      await lock.release();
      throw error;
    }
  }

  async #takeOver(writer: TarWriter): Promise<void> {
    const before = await this.before();
    if (!before) return;
    try {
      for (const name of before.names) {
        goOn(undefined);
        if (this.#last.has(name)) continue;
        await writer.add(before.stream(name, 0), () => name, name);
        this.#names.add(name);
      }
    } finally {
      await before.close();
    }
  }
}
