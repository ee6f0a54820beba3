import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { algorithmOf } from '../digest.ts';
import { ifPresent, moveInto, type WriteOptions, writeAtomically } from './files.ts';
import { Locks } from './locks.ts';
import type { Layout } from './paths.ts';

/** The bytes of blobs and manifests, each digest once for all repositories. */
export class ContentStore {
  readonly #layout: Layout;
  readonly #locks = new Locks();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  path(digest: string): string {
    return this.#layout.content(digest);
  }

  /**
   * Runs work that puts or finds content and gives it to a repository, or that removes what no repository has: one for a digest at a
   * time. Taken before a repository's own lock.
   */
  holding<T>(digest: string, work: () => Promise<T>): Promise<T> {
    return this.#locks.run(digest, work);
  }

  /** Undefined if the content is not there. */
  async size(digest: string): Promise<number | undefined> {
    return (await ifPresent(stat(this.path(digest))))?.size;
  }

  async read(digest: string): Promise<Uint8Array | undefined> {
    return ifPresent(readFile(this.path(digest)));
  }

  /** Stores bytes whose digest the caller made or verified. */
  async put(digest: string, bytes: Uint8Array, options: WriteOptions): Promise<void> {
    if ((await this.size(digest)) === bytes.byteLength) return;
    await writeAtomically(this.#layout.temporary, this.path(digest), bytes, options);
  }

  async remove(digest: string): Promise<void> {
    await rm(this.path(digest), { force: true });
  }

  /** Takes over a file whose digest the caller verified and whose bytes are on the disk. */
  async adopt(digest: string, file: string, size: number): Promise<void> {
    if ((await this.size(digest)) === size) await rm(file, { force: true });
    else await moveInto(file, this.path(digest), { durable: true });
  }
}

/** Reads a whole file to check whether it has this digest. */
export async function fileHasDigest(path: string, digest: string): Promise<boolean> {
  const algorithm = algorithmOf(digest);
  const hash = createHash(algorithm);
  for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024 })) hash.update(chunk);
  return `${algorithm}:${hash.digest('hex')}` === digest;
}
