import { RegistryError } from '../registry-error.ts';
import { Locks } from './locks.ts';
import type { Layout } from './paths.ts';
import { loadRepository, type RepositoryIndex } from './repository-index.ts';

/** Indexes kept in memory: enough for whatever is being used, far from all of 50,000. */
const KEPT = 2_000;

/** The loaded indexes, least recently used first out, and one writer at a time for each. */
export class Repositories {
  readonly #layout: Layout;
  readonly #locks = new Locks();
  readonly #loaded = new Map<string, Promise<RepositoryIndex>>();

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** The repository as it is; an empty index where there is none. */
  get(name: string): Promise<RepositoryIndex> {
    const index = this.#loaded.get(name) ?? loadRepository(this.#layout, name);
    this.#loaded.delete(name);
    this.#loaded.set(name, index);
    index.catch(() => this.#loaded.delete(name));
    this.#evict();
    return index;
  }

  /** Runs work as the only writer of the repository. What the disk has failed may be done in part: it is read again. */
  change<T>(name: string, work: (index: RepositoryIndex) => Promise<T>): Promise<T> {
    return this.#locks.run(name, async () => {
      try {
        return await work(await this.get(name));
      } catch (error) {
        if (!(error instanceof RegistryError)) this.#loaded.delete(name);
        throw error;
      }
    });
  }

  /** Runs work that writes to the folder past the index, which is read again when it is next asked for. */
  rewrite(name: string, work: () => Promise<void>): Promise<void> {
    return this.#locks.run(name, async () => {
      try {
        await work();
      } finally {
        this.#loaded.delete(name);
      }
    });
  }

  /** An index that is being changed stays, or a reader would load a second one that misses the change. */
  #evict(): void {
    let excess = this.#loaded.size - KEPT;
    for (const name of this.#loaded.keys()) {
      if (excess <= 0) return;
      if (this.#locks.isHeld(name)) continue;
      this.#loaded.delete(name);
      excess -= 1;
    }
  }
}
