import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { damaged, fileError, goOn, isMissing, notContent, onFiles } from './file-errors.ts';

/** Bytes read at a time: with less, the calls cost more than the bytes. */
const CHUNK = 1024 * 1024;

/** Named files, in a folder or an archive. Names have `/` between their parts and lead nowhere else. */
export interface ContentFiles {
  /** For words about them. */
  readonly where: string;
  /** Bytes; undefined where there is no such file. @throws {RegistryError} */
  size(name: string): Promise<number | undefined>;
  /** @throws {RegistryError} `contentDamaged` for more than `max` bytes; undefined where there is no such file. */
  read(name: string, max: number, signal?: AbortSignal): Promise<Uint8Array | undefined>;
  /** From an offset to the end. @throws {RegistryError} `contentDamaged` where it is not there */
  stream(name: string, offset: number, signal?: AbortSignal): AsyncIterable<Buffer>;
  close(): Promise<void>;
}

/** The files of a folder. */
export class FolderFiles implements ContentFiles {
  readonly where: string;

  constructor(folder: string) {
    this.where = folder;
  }

  async size(name: string): Promise<number | undefined> {
    const handle = await this.#open(name);
    try {
      return handle && (await handle.stat()).size;
    } finally {
      await handle?.close();
    }
  }

  async read(name: string, max: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const handle = await this.#open(name);
    if (!handle) return undefined;
    try {
      const { size } = await handle.stat();
      return await readWhole(handle, { start: 0, end: size, max, where: `${this.where}/${name}`, signal });
    } finally {
      await handle.close();
    }
  }

  async *stream(name: string, offset: number, signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const handle = await this.#open(name);
    if (!handle) throw damaged(this.where, `${name} is missing.`);
    try {
      const { size } = await handle.stat();
      yield* readRange(handle, { start: offset, end: size, where: `${this.where}/${name}`, signal });
    } finally {
      await handle.close();
    }
  }

  async close(): Promise<void> {}

  async #open(name: string): Promise<FileHandle | undefined> {
    try {
      // A pipe in the place of a file would be waited for.
      const handle = await open(join(this.where, name), constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
      if ((await handle.stat()).isFile()) return handle;
      await handle.close();
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw fileError(error);
    }
    throw notContent(this.where, `${name} is no file.`);
  }
}

interface Range {
  start: number;
  end: number;
  where: string;
  signal: AbortSignal | undefined;
}

/** @throws {RegistryError} `contentDamaged` where the file ends before `end` */
export async function* readRange(
  handle: FileHandle,
  { start, end, where, signal }: Range,
): AsyncGenerator<Buffer, void, void> {
  for (let at = start; at < end; ) {
    goOn(signal);
    const memory = Buffer.allocUnsafe(Math.min(CHUNK, end - at));
    const { bytesRead } = await onFiles(() => handle.read(memory, 0, memory.byteLength, at));
    if (bytesRead === 0) throw damaged(where, 'it ends too early.');
    at += bytesRead;
    yield memory.subarray(0, bytesRead);
  }
}

/** @throws {RegistryError} `contentDamaged` for more than `max` bytes, of which none is read */
export async function readWhole(
  handle: FileHandle,
  { max, ...range }: Range & { max: number },
): Promise<Uint8Array> {
  const size = range.end - range.start;
  if (size > max) throw damaged(range.where, `it has ${size} bytes; at most ${max} are read.`);
  const chunks: Buffer[] = [];
  for await (const chunk of readRange(handle, range)) chunks.push(chunk);
  return Buffer.concat(chunks);
}
