import type { Database } from './database/database.ts';
import { integer, text } from './database/row.ts';
import { DataError } from './errors.ts';

/** A blob that a transfer has copied into a repository. */
export interface Part {
  repository: string;
  digest: string;
  size: number;
  outcome: 'sent' | 'mounted';
}

/** Milliseconds until what was added is written, together. */
const WRITE_AFTER = 100;

/**
 * The blobs that operations have copied, written a moment later: one at a time each took 0.1 ms from a transfer.
 * They are a help: what a crash leaves unknown here is asked of the registry, and failing to write fails nothing.
 */
export class Parts {
  readonly #database: Database;
  readonly #added: (Part & { operationId: string })[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  add(operationId: string, part: Part): void {
    this.#added.push({ ...part, operationId });
    this.#timer ??= setTimeout(() => this.write(), WRITE_AFTER).unref();
  }

  /** Writes what was added, now. */
  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const added = this.#added.splice(0);
    if (added.length === 0) return;
    try {
      this.#database.transaction(() => {
        for (const { operationId, repository, digest, size, outcome } of added) {
          this.#database.run(
            'INSERT OR REPLACE INTO parts (operation_id, repository, digest, size, outcome) VALUES (?, ?, ?, ?, ?)',
            operationId,
            repository,
            digest,
            size,
            outcome,
          );
        }
      });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
    }
  }

  of(operationId: string): Part[] {
    this.write();
    return this.#database.all('SELECT * FROM parts WHERE operation_id = ?', operationId).map((row) => ({
      repository: text(row, 'repository'),
      digest: text(row, 'digest'),
      size: integer(row, 'size'),
      // The table's CHECK allows nothing else.
      outcome: text(row, 'outcome') as Part['outcome'],
    }));
  }
}
