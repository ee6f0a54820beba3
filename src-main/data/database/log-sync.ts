import { close, closeSync, fsync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { storageError } from '../errors.ts';

/** Milliseconds after which what nobody waits for is brought to the disk as well. */
const SOON = 1_000;

const syncFile = promisify(fsync);

/**
 * Brings the write-ahead log of a database to the disk. A commit outlives the process; a power cut it outlives once the log was
 * synced, which SQLite would do at each commit, with the event loop held up for as long as the disk takes. Here a thread waits for
 * the disk, and all that was committed meanwhile shares the next time. The log is read from its beginning up to the first part that is
 * not whole, so that what is kept is always all that came before as well.
 *
 * A file of its own: that other descriptors of the log are closed takes no lock away from SQLite, whose locks are elsewhere.
 */
export class LogSync {
  readonly #file: string;
  readonly #sync: (descriptor: number) => Promise<void>;
  #descriptor: number | undefined;
  #running: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param database its file */
  constructor(database: string, sync: (descriptor: number) => Promise<void> = syncFile) {
    this.#file = `${database}-wal`;
    this.#sync = sync;
  }

  /** Resolves when all that was committed before is on the disk. @throws DataError `storageFailed`, `diskFull` */
  now(): Promise<void> {
    // One that is under way may have begun before the last commit.
    this.#next ??= this.#begin();
    return this.#next;
  }

  /** The same for what nobody waits for. */
  soon(): void {
    if (this.#closed || this.#timer) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      // Reported to those who wait for the disk.
      this.now().catch(() => {});
    }, SOON).unref();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    const descriptor = this.#descriptor;
    this.#descriptor = undefined;
    if (descriptor === undefined) return;
    if (this.#running) void this.#running.catch(() => {}).then(() => close(descriptor));
    else closeSync(descriptor);
  }

  async #begin(): Promise<void> {
    await this.#running?.catch(() => {});
    this.#next = undefined;
    this.#running = this.#syncOnce();
    try {
      await this.#running;
    } finally {
      this.#running = undefined;
    }
  }

  async #syncOnce(): Promise<void> {
    // SQLite has written all of it when its last connection was closed.
    if (this.#closed) return;
    try {
      this.#descriptor ??= openSync(this.#file, 'r+');
      await this.#sync(this.#descriptor);
    } catch (error) {
      // Nothing was written since the database was opened.
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
      throw storageError(error);
    }
  }
}
