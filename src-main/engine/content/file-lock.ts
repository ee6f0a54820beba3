import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { RegistryError } from '../errors.ts';
import { onFiles } from './file-errors.ts';

/**
 * Keeps a place to one writer: a file that names who writes. What a process left behind that ended without removing it counts for
 * nothing.
 */
export class FileLock {
  readonly #path: string;

  private constructor(path: string) {
    this.#path = path;
  }

  /** @throws {RegistryError} `contentBusy` */
  static async take(path: string): Promise<FileLock> {
    for (let attempt = 1; ; attempt++) {
      try {
        const handle = await open(path, 'wx', 0o600);
        await handle
          .writeFile(JSON.stringify({ host: hostname(), pid: process.pid }))
          .finally(() => handle.close());
        return new FileLock(path);
      } catch (error) {
        const taken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
        if (!taken) throw await onFiles(() => Promise.reject(error));
        if (attempt === 2 || (await isAlive(path)))
          throw new RegistryError('contentBusy', '', {
            reason: `Another program writes here: ${path} says so.`,
          });
        await onFiles(() => rm(path, { force: true }));
      }
    }
  }

  async release(): Promise<void> {
    await onFiles(() => rm(this.#path, { force: true }));
  }
}

/** A process that cannot be asked is taken to write. */
async function isAlive(path: string): Promise<boolean> {
  let owner: { host?: unknown; pid?: unknown };
  try {
    owner = JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return true;
  }
  if (owner.host !== hostname() || typeof owner.pid !== 'number') return true;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
