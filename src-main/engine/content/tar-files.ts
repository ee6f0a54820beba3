import { type FileHandle, open } from 'node:fs/promises';
import { posix } from 'node:path';
import { damaged, goOn, onFiles } from './file-errors.ts';
import { type ContentFiles, readRange, readWhole } from './files.ts';
import { BLOCK, isZero, padded, readHeader, readPax } from './tar-header.ts';

/** Entries of an archive; one of a hundred images with fifty layers each has some 20,000. */
const ENTRIES_MAX = 200_000;
/** Bytes of a long name or an extended header. */
const EXTENSION_MAX = 64 * 1024;
/** Links that are followed one after another. */
const LINKS_MAX = 8;

interface Entry {
  offset: number;
  size: number;
  /** Another entry's name, which this one replaces. */
  link?: string;
}

/**
 * The files of a tar archive, found by its headers and read in place: nothing is unpacked. Names that lead out of it, the same name
 * twice, sizes that the file does not have and an end without its mark are refused as a whole.
 */
export class TarFiles implements ContentFiles {
  readonly where: string;
  readonly #handle: FileHandle;
  readonly #entries: ReadonlyMap<string, Entry>;

  readonly #closed: (() => Promise<void>) | undefined;

  private constructor(
    where: string,
    handle: FileHandle,
    entries: ReadonlyMap<string, Entry>,
    closed: (() => Promise<void>) | undefined,
  ) {
    this.where = where;
    this.#handle = handle;
    this.#entries = entries;
    this.#closed = closed;
  }

  /**
   * @param closed called when it is closed
   * @throws {RegistryError} `contentDamaged`, `fileFailed`, `cancelled`
   */
  static async open(
    path: string,
    where: string,
    signal?: AbortSignal,
    closed?: () => Promise<void>,
  ): Promise<TarFiles> {
    const handle = await onFiles(() => open(path, 'r'));
    try {
      const { size } = await onFiles(() => handle.stat());
      return new TarFiles(where, handle, await new Scan(handle, size, where).run(signal), closed);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  get names(): Iterable<string> {
    return this.#entries.keys();
  }

  async size(name: string): Promise<number | undefined> {
    return this.#find(name)?.size;
  }

  async read(name: string, max: number, signal?: AbortSignal): Promise<Uint8Array | undefined> {
    const entry = this.#find(name);
    if (!entry) return undefined;
    const { offset: start, size } = entry;
    const where = `${this.where}, ${name}`;
    return await readWhole(this.#handle, { start, end: start + size, max, where, signal });
  }

  async *stream(name: string, offset: number, signal?: AbortSignal): AsyncGenerator<Buffer, void, void> {
    const entry = this.#find(name);
    if (!entry) throw damaged(this.where, `${name} is missing.`);
    const { offset: start, size } = entry;
    yield* readRange(this.#handle, { start: start + offset, end: start + size, where: this.where, signal });
  }

  async close(): Promise<void> {
    await onFiles(() => this.#handle.close());
    await this.#closed?.();
  }

  #find(name: string): Entry | undefined {
    let entry = this.#entries.get(name);
    for (let links = 0; entry?.link !== undefined; links++) {
      if (links === LINKS_MAX) throw damaged(this.where, `${name} is a link without end.`);
      entry = this.#entries.get(entry.link);
    }
    return entry;
  }
}

class Scan {
  readonly #handle: FileHandle;
  readonly #size: number;
  readonly #where: string;
  readonly #entries = new Map<string, Entry>();
  /** Of the entry to come. */
  #extension: { path?: string; link?: string; size?: number } = {};

  constructor(handle: FileHandle, size: number, where: string) {
    this.#handle = handle;
    this.#size = size;
    this.#where = where;
  }

  async run(signal: AbortSignal | undefined): Promise<ReadonlyMap<string, Entry>> {
    for (let at = 0; ; ) {
      goOn(signal);
      if (at + BLOCK > this.#size) throw damaged(this.#where, 'it ends too early.');
      const block = await this.#read(at, BLOCK);
      if (isZero(block)) return this.#entries;
      const { name, size: stated, type, link } = readHeader(block, this.#where);
      const size = this.#extension.size ?? stated;
      const start = at + BLOCK;
      if (start + size > this.#size) throw damaged(this.#where, `it ends within ${name.slice(0, 200)}.`);
      if ('xgLK'.includes(type)) await this.#extend(type, start, size);
      else {
        this.#add(this.#extension.path ?? name, type, this.#extension.link ?? link, { offset: start, size });
        this.#extension = {};
      }
      at = start + (type === '1' || type === '2' ? 0 : padded(size));
    }
  }

  #add(name: string, type: string, link: string, entry: Entry): void {
    const path = this.#inside(name, '');
    if (type === '5' || path === '') return;
    if (this.#entries.has(path)) throw damaged(this.#where, `${path} is in it twice.`);
    if (this.#entries.size >= ENTRIES_MAX)
      throw damaged(this.#where, `it has more than ${ENTRIES_MAX} entries.`);
    if (type === '1') this.#entries.set(path, { ...entry, link: this.#inside(link, '') });
    else if (type === '2')
      this.#entries.set(path, { ...entry, link: this.#inside(link, posix.dirname(path)) });
    else if (type === '0' || type === '7') this.#entries.set(path, entry);
    else if (type === 'S') throw damaged(this.#where, `${path} is stored with holes.`);
    // Devices and pipes are no content.
  }

  /** A name without detours, within the archive. */
  #inside(name: string, folder: string): string {
    const path = posix.normalize(posix.join(folder, name)).replace(/^\.\/?$|\/$/, '');
    if (name.startsWith('/') || path === '..' || path.startsWith('../') || name.includes('\0'))
      throw damaged(this.#where, `${JSON.stringify(name.slice(0, 200))} leads out of it.`);
    return path;
  }

  async #extend(type: string, start: number, size: number): Promise<void> {
    if (size > EXTENSION_MAX) throw damaged(this.#where, `it has a header of ${size} bytes.`);
    const bytes = await this.#read(start, size);
    const text = Buffer.from(bytes).toString().replace(/\0.*$/s, '');
    if (type === 'L') this.#extension.path = text;
    else if (type === 'K') this.#extension.link = text;
    else if (type === 'x') this.#extendBy(bytes);
  }

  #extendBy(bytes: Uint8Array): void {
    const pax = readPax(bytes);
    if (!pax) throw damaged(this.#where, 'an extended header cannot be read.');
    const [path, link, size] = [pax.get('path'), pax.get('linkpath'), pax.get('size')];
    if (path !== undefined) this.#extension.path = path;
    if (link !== undefined) this.#extension.link = link;
    if (size !== undefined) {
      if (!/^\d{1,15}$/.test(size)) throw damaged(this.#where, 'an extended header has a size that is none.');
      this.#extension.size = Number(size);
    }
    if (pax.has('GNU.sparse.major') || pax.has('GNU.sparse.map'))
      throw damaged(this.#where, 'a file in it is stored with holes.');
  }

  async #read(start: number, length: number): Promise<Uint8Array> {
    const range = { start, end: start + length, max: length, where: this.#where, signal: undefined };
    return await readWhole(this.#handle, range);
  }
}
