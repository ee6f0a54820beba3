import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentPlace } from '../../common/content.ts';
import { fileError } from '../../engine/index.ts';
import type { CallOptions } from '../types.ts';
import type { TemporaryFolder } from './temporary.ts';

/** Milliseconds that a file may wait for its operation. */
const UNUSED = 60 * 60_000;

/** Archives that a page has sent: they are private, and removed when they were used. */
export class ReceivedFiles {
  readonly #temporary: TemporaryFolder;
  /** By path, when it came. */
  readonly #files = new Map<string, number>();

  constructor(temporary: TemporaryFolder) {
    this.#temporary = temporary;
  }

  /** @throws {RegistryError} `fileFailed`, `cancelled`; nothing is left of what was cut */
  async take(
    chunks: AsyncIterable<Uint8Array>,
    { signal }: CallOptions,
  ): Promise<{ path: string; size: number }> {
    await this.#removeUnused();
    const path = join(await this.#temporary.path(), `${randomUUID()}.received`);
    let size = 0;
    try {
      const handle = await open(path, 'wx', 0o600);
      try {
        for await (const chunk of chunks) {
          signal?.throwIfAborted();
          await handle.writeFile(chunk);
          size += chunk.byteLength;
        }
      } finally {
        await handle.close();
      }
    } catch (error) {
      await rm(path, { force: true });
      throw fileError(error);
    }
    this.#files.set(path, performance.now());
    return { path, size };
  }

  /** An operation that has read it has ended. */
  used(place: ContentPlace): void {
    if ('path' in place && this.#files.delete(place.path)) void remove(place.path);
  }

  async #removeUnused(): Promise<void> {
    for (const [path, came] of this.#files) {
      if (performance.now() - came <= UNUSED) continue;
      this.#files.delete(path);
      await remove(path);
    }
  }
}

/** What is still there then goes with the folder. */
async function remove(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}
