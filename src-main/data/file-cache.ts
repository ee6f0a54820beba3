import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

/** Bytes of all files: the trees of some thousand layers. */
const DEFAULT_LIMIT = 512 * 2 ** 20;
/** Making room makes it for a while. */
const EVICT_TO = 0.9;
/** Bytes of the digest at the beginning of each file. */
const DIGEST = 32;
/** Bytes that are hashed before others have their turn. */
const PIECE = 2 ** 20;
/** Of files that are being written. */
const PART = '.part';

/**
 * Files by name, each with a digest of its content: what was damaged is dropped when it is read. What was used least lately goes when
 * the limit is passed. A cache that fails (a full disk) costs speed and nothing else.
 */
export class FileCache {
  readonly #folder: string;
  readonly #limit: number;

  /** @param folder made when something is kept */
  constructor(folder: string, limit = DEFAULT_LIMIT) {
    this.#folder = folder;
    this.#limit = limit;
  }

  /** Names of all. */
  async names(): Promise<string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    return names.filter((name) => !name.endsWith(PART));
  }

  /**
   * @param name letters, digits and `-.` only
   * @param uses false: it stays as long as it would have without
   */
  async read(name: string, uses = true): Promise<Buffer | undefined> {
    const path = join(this.#folder, name);
    const file = await readFile(path).catch(() => undefined);
    if (!file) return undefined;
    const content = file.subarray(DIGEST);
    if (!(await digestOf([content])).equals(file.subarray(0, DIGEST))) {
      await this.drop(name);
      return undefined;
    }
    const now = new Date();
    if (uses) await utimes(path, now, now).catch(() => undefined);
    return content;
  }

  /** @param parts of the content, in order */
  async write(name: string, parts: readonly Uint8Array[]): Promise<void> {
    if (parts.reduce((sum, { byteLength }) => sum + byteLength, 0) > this.#limit / 4) return;
    const part = join(this.#folder, `${randomUUID()}${PART}`);
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(part, [await digestOf(parts), ...parts], { mode: 0o600 });
      await rename(part, join(this.#folder, name));
      await this.#makeRoom();
    } catch {
      await rm(part, { force: true }).catch(() => undefined);
    }
  }

  async drop(name: string): Promise<void> {
    await rm(join(this.#folder, name), { force: true }).catch(() => undefined);
  }

  async #makeRoom(): Promise<void> {
    const files = await Promise.all(
      (await readdir(this.#folder)).map(async (name) => {
        const found = await stat(join(this.#folder, name)).catch(() => undefined);
        return { name, size: found?.size ?? 0, used: found?.mtimeMs ?? 0 };
      }),
    );
    let size = files.reduce((sum, file) => sum + file.size, 0);
    if (size <= this.#limit) return;
    for (const file of files.sort((one, other) => one.used - other.used)) {
      if (size <= this.#limit * EVICT_TO) return;
      await this.drop(file.name);
      size -= file.size;
    }
  }
}

async function digestOf(parts: readonly Uint8Array[]): Promise<Buffer> {
  const hash = createHash('sha256');
  for (const part of parts)
    for (let at = 0; at < part.byteLength; at += PIECE) {
      hash.update(part.subarray(at, at + PIECE));
      await turn();
    }
  return hash.digest();
}
