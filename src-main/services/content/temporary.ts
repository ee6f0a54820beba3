import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join, sep } from 'node:path';

const OWNER = /^(\d+)-/;

/**
 * A folder of this process for archives on their way, which only this user may read. It goes with the process; what one that was
 * killed has left goes when the next one needs its own.
 */
export class TemporaryFolder {
  readonly #parent: string;
  #made: Promise<string> | undefined;

  /** @param home the folder of all that is kept */
  constructor(home: string) {
    this.#parent = join(home, 'temporary');
  }

  /** Whether a path leads into it, of this process or another. */
  holds(path: string): boolean {
    return path.startsWith(`${this.#parent}${sep}`);
  }

  path(): Promise<string> {
    this.#made ??= this.#make();
    return this.#made;
  }

  async close(): Promise<void> {
    const made = await this.#made?.catch(() => undefined);
    if (made !== undefined) await rm(made, { recursive: true, force: true });
  }

  async #make(): Promise<string> {
    await mkdir(this.#parent, { recursive: true, mode: 0o700 });
    for (const name of await readdir(this.#parent)) {
      const pid = OWNER.exec(name)?.[1];
      if (pid !== undefined && !exists(Number(pid)))
        await rm(join(this.#parent, name), { recursive: true, force: true });
    }
    const folder = join(this.#parent, `${process.pid}-${randomUUID()}`);
    await mkdir(folder, { mode: 0o700 });
    return folder;
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
