import { Worker } from 'node:worker_threads';
import type { FoundPlaces } from '../../common/registry.ts';
import { ThreadClient } from '../database/thread-client.ts';
import { DataError } from '../errors.ts';
import type { InventoryFiles, InventoryTasks } from './tasks.ts';

/** Milliseconds: a window has been shown by then. */
const PREPARE_AFTER = 3_000;

/**
 * Repositories, tags and digests that were listed, so that they are found again without asking a registry. Changes are made in the order
 * in which they are asked for. Finding places again is a help: where it cannot be written (a full disk), nothing fails.
 */
export class SeenPlaces {
  readonly #thread: ThreadClient<InventoryTasks>;
  #preparing: NodeJS.Timeout | undefined;

  constructor(files: InventoryFiles) {
    this.#thread = new ThreadClient(
      () => new Worker(new URL('./worker.ts', import.meta.url), { workerData: files }),
    );
  }

  /** Goes on, some seconds later, with what earlier versions and interruptions left, so that nothing waits for it. */
  prepare(): void {
    this.#preparing = setTimeout(() => this.#thread.open(), PREPARE_AFTER).unref();
  }

  /** @param seen stamp of the listing they are in: Unix milliseconds */
  repositories(accountId: string, names: readonly string[], seen: number): Promise<void> {
    return helping(this.#thread.run('repositories', { accountId, names, seen }));
  }

  /** Digests that are known stay known where none is given. */
  tags(
    accountId: string,
    repository: string,
    tags: readonly { name: string; digest?: string }[],
    seen: number,
  ): Promise<void> {
    return helping(this.#thread.run('tags', { accountId, repository, tags, seen }));
  }

  /** After a whole listing: what was not in it is gone. */
  endRepositories(accountId: string, seen: number): Promise<void> {
    return helping(this.#thread.run('endRepositories', { accountId, seen }));
  }

  endTags(accountId: string, repository: string, seen: number): Promise<void> {
    return helping(this.#thread.run('endTags', { accountId, repository, seen }));
  }

  removeTags(accountId: string, repository: string, names: readonly string[]): Promise<void> {
    return helping(this.#thread.run('removeTags', { accountId, repository, names }));
  }

  forget(accountId: string): Promise<void> {
    return helping(this.#thread.run('forget', accountId));
  }

  /** @throws DataError, or the signal's reason */
  search(text: string, limit: number, signal?: AbortSignal): Promise<FoundPlaces> {
    return this.#thread.run('search', { text, limit }, { signal });
  }

  /** Ends the changes that were asked for. */
  close(): Promise<void> {
    clearTimeout(this.#preparing);
    return this.#thread.close();
  }
}

async function helping(change: Promise<void>): Promise<void> {
  try {
    await change;
  } catch (error) {
    if (!(error instanceof DataError)) throw error;
  }
}
