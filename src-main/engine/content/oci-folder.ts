import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenBlob } from '../endpoints/upload-source.ts';
import type { Descriptor } from '../model/manifest.ts';
import { fileError, isMissing, notContent, onFiles } from './file-errors.ts';
import { FileLock } from './file-lock.ts';
import { FolderFiles } from './files.ts';
import { blobName, INDEX_FILE, LAYOUT_FILE, LAYOUT_MARK, LayoutIndex } from './layout-index.ts';
import { chunksOf, LayoutTarget, type LayoutWriter } from './layout-target.ts';
import { OciLayout } from './oci-layout.ts';
import { verifiedBlob } from './verified.ts';

/** Where files lie until they are whole, and what says who writes. */
const PARTS = '.wharfinger-parts';
const LOCK = '.wharfinger-lock';

/** An OCI image layout in a folder, read. @throws {RegistryError} `notContent`, `contentDamaged`, `fileFailed` */
export async function openOciFolder(folder: string, signal?: AbortSignal): Promise<OciLayout> {
  return await OciLayout.open(new FolderFiles(folder), signal);
}

/**
 * An OCI image layout in a folder, written: each file under another name until it is whole and on the disk, and the index last. The
 * folder is made with the first file. One writer at a time.
 */
export class OciFolderTarget extends LayoutTarget {
  readonly #folder: string;
  readonly #writer: FolderWriter;

  constructor(folder: string) {
    const writer = new FolderWriter(folder);
    super(writer);
    this.#folder = folder;
    this.#writer = writer;
  }

  /** Keeps other writers out, as the first file that is written does. @throws {RegistryError} `contentBusy` */
  async begin(): Promise<void> {
    await this.#writer.begin();
  }

  /** A blob that was written here, verified, as the source of an upload. Needs no writer kept out. */
  openBlob(content: Pick<Descriptor, 'digest' | 'size'>): OpenBlob {
    return verifiedBlob(new FolderFiles(this.#folder), blobName(content.digest), content);
  }

  /** Removes all but these, manifests and blobs. Must not run beside what writes into it. */
  async retain(digests: ReadonlySet<string>): Promise<void> {
    this.forget();
    await this.#writer.retain(digests);
  }
}

class FolderWriter implements LayoutWriter {
  readonly #folder: string;
  #begun: Promise<FileLock> | undefined;
  /** The outermost folder that was made for it. */
  #made: string | undefined;
  #parts = 0;
  #writing: Promise<void> = Promise.resolve();
  #waiting: Promise<void> | undefined;
  #index: LayoutIndex | undefined;
  /** Read again where its index has changed. */
  #known: { version: string; layout: Promise<OciLayout> } | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async before(signal?: AbortSignal): Promise<OciLayout | undefined> {
    const found = await listed(this.#folder);
    const own = (name: string): boolean => name === PARTS || name === LOCK || name === 'blobs';
    if (found.every(own) || (this.#begun && !found.includes(INDEX_FILE))) return undefined;
    if (!found.includes(INDEX_FILE)) return await openOciFolder(this.#folder, signal);
    const { mtimeMs, size } = await onFiles(() => stat(join(this.#folder, INDEX_FILE)));
    const version = `${mtimeMs} ${size}`;
    if (this.#known?.version !== version)
      this.#known = { version, layout: openOciFolder(this.#folder, signal) };
    return await this.#known.layout;
  }

  async begin(): Promise<void> {
    this.#begun ??= this.#begin();
    await this.#begun;
  }

  async has(name: string): Promise<boolean> {
    return (await new FolderFiles(this.#folder).size(name)) !== undefined;
  }

  async put(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.begin();
    const part = join(this.#folder, PARTS, String(this.#parts++));
    const path = join(this.#folder, name);
    try {
      await this.#write(part, chunks);
      await onFiles(async () => {
        await mkdir(dirname(path), { recursive: true });
        await rename(part, path);
      });
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }

  /** Those that come while one is written share the next writing. */
  async named(index: LayoutIndex): Promise<void> {
    this.#index = index;
    this.#waiting ??= this.#writing
      .catch(() => {})
      .then(() => {
        this.#waiting = undefined;
        this.#writing = this.#writeIndex();
        return this.#writing;
      });
    await this.#waiting;
  }

  /** The index first: what it names is there. */
  async retain(digests: ReadonlySet<string>): Promise<void> {
    await this.begin();
    const layout = await this.before();
    if (layout) {
      const index = LayoutIndex.read(layout.index.bytes(), this.#folder);
      index.retain(digests);
      await this.named(index);
    }
    for (const algorithm of await listed(join(this.#folder, 'blobs')))
      for (const hex of await listed(join(this.#folder, 'blobs', algorithm)))
        if (!digests.has(`${algorithm}:${hex}`))
          await onFiles(() => rm(join(this.#folder, 'blobs', algorithm, hex), { force: true }));
  }

  async close(): Promise<void> {
    const begun = this.#begun;
    if (!begun) return;
    this.#begun = undefined;
    const lock = await begun.catch(() => undefined);
    if (!lock) return;
    await onFiles(() => rm(join(this.#folder, PARTS), { recursive: true, force: true }));
    await lock.release();
    const made = this.#index ? undefined : this.#made;
    this.#made = this.#index = undefined;
    // Without an index nothing that was written can be found.
    if (made !== undefined) await onFiles(() => rm(made, { recursive: true, force: true }));
  }

  async #begin(): Promise<FileLock> {
    // Nothing of somebody else is made a layout.
    await this.before();
    this.#made = await onFiles(() => mkdir(this.#folder, { recursive: true }));
    const lock = await FileLock.take(join(this.#folder, LOCK));
    const parts = join(this.#folder, PARTS);
    await onFiles(async () => {
      await rm(parts, { recursive: true, force: true });
      await mkdir(parts);
    });
    return lock;
  }

  async #writeIndex(): Promise<void> {
    if (!(await this.has(LAYOUT_FILE))) await this.put(LAYOUT_FILE, chunksOf(LAYOUT_MARK));
    if (this.#index) await this.put(INDEX_FILE, chunksOf(this.#index.bytes()));
  }

  async #write(part: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    const handle: FileHandle = await onFiles(() => open(part, 'wx'));
    try {
      for await (const chunk of chunks) await onFiles(() => handle.writeFile(chunk));
      await onFiles(() => handle.datasync());
    } finally {
      await handle.close();
    }
  }
}

async function listed(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    if (error instanceof Error && 'code' in error && error.code === 'ENOTDIR')
      throw notContent(folder, 'it is no folder.');
    throw fileError(error);
  }
}
