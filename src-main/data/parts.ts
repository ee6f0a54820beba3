import type { Database } from './database.ts';
import { integer, text } from './row.ts';

/** A blob that a transfer has brought into a repository. */
export interface Part {
  repository: string;
  digest: string;
  size: number;
  outcome: 'sent' | 'mounted';
}

/**
 * The blobs that operations have brought. They outlive the process and, since each would cost a transfer a wait for the disk, not
 * always a power cut: what is not known here is asked of the registry.
 */
export class Parts {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(operationId: string, { repository, digest, size, outcome }: Part): void {
    this.#database.run(
      'INSERT OR REPLACE INTO parts (operation_id, repository, digest, size, outcome) VALUES (?, ?, ?, ?, ?)',
      operationId,
      repository,
      digest,
      size,
      outcome,
    );
  }

  of(operationId: string): Part[] {
    return this.#database.all('SELECT * FROM parts WHERE operation_id = ?', operationId).map((row) => ({
      repository: text(row, 'repository'),
      digest: text(row, 'digest'),
      size: integer(row, 'size'),
      // The table's CHECK allows nothing else.
      outcome: text(row, 'outcome') as Part['outcome'],
    }));
  }
}
