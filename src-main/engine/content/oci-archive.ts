import type { ArchiveFile } from './archive-file.ts';
import { INDEX_FILE, LAYOUT_FILE, LAYOUT_MARK, type LayoutIndex } from './layout-index.ts';
import { chunksOf, LayoutTarget, type LayoutWriter } from './layout-target.ts';
import { OciLayout } from './oci-layout.ts';

/** Files of an OCI archive that are written when all others are there. */
export const OCI_ARCHIVE_LAST = [LAYOUT_FILE, INDEX_FILE];

/** An OCI image layout in a tar archive, written: a new archive that takes the place of the one before when it is whole. */
export class OciArchiveTarget extends LayoutTarget {
  readonly #writer: ArchiveWriter;

  constructor(archive: ArchiveFile) {
    const writer = new ArchiveWriter(archive);
    super(writer);
    this.#writer = writer;
  }

  async commit(): Promise<void> {
    await this.#writer.commit();
  }
}

class ArchiveWriter implements LayoutWriter {
  readonly #archive: ArchiveFile;
  #index: LayoutIndex | undefined;
  #before: Promise<OciLayout | undefined> | undefined;

  constructor(archive: ArchiveFile) {
    this.#archive = archive;
  }

  async begin(): Promise<void> {
    await this.#archive.begin();
  }

  async before(signal?: AbortSignal): Promise<OciLayout | undefined> {
    this.#before ??= this.#open(signal);
    this.#before.catch(() => {
      this.#before = undefined;
    });
    return await this.#before;
  }

  async has(name: string): Promise<boolean> {
    if (this.#archive.begun) return this.#archive.has(name);
    // What is there is taken over.
    return (await this.before())?.holds(name) ?? false;
  }

  async put(name: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#archive.add(chunks, () => name);
  }

  async named(index: LayoutIndex): Promise<void> {
    this.#index = index;
  }

  async commit(): Promise<void> {
    if (!this.#index) return;
    await this.put(LAYOUT_FILE, chunksOf(LAYOUT_MARK));
    await this.put(INDEX_FILE, chunksOf(this.#index.bytes()));
    await this.#archive.finish();
  }

  async close(): Promise<void> {
    const before = await this.#before?.catch(() => undefined);
    this.#before = this.#index = undefined;
    await before?.close();
    await this.#archive.close();
  }

  async #open(signal: AbortSignal | undefined): Promise<OciLayout | undefined> {
    const files = await this.#archive.before(signal);
    if (!files) return undefined;
    try {
      return await OciLayout.open(files, signal);
    } catch (error) {
      await files.close();
      throw error;
    }
  }
}
