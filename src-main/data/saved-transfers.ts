import type { Database } from './database/database.ts';
import { json, optionalText, type Row, text } from './database/row.ts';

/** A transfer to be run again and again; `definition` is a JSON value the store does not look into. */
export interface SavedTransferRow {
  id: string;
  name: string;
  definition: unknown;
  created: string;
  lastOperationId?: string;
}

export class SavedTransfers {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By name. */
  list(): SavedTransferRow[] {
    return this.#database
      .all('SELECT * FROM saved_transfers ORDER BY name COLLATE NOCASE, created')
      .map(rowOf);
  }

  /** Adds it, or changes name and definition of the one with its id. */
  put({ id, name, definition, created }: Omit<SavedTransferRow, 'lastOperationId'>): void {
    this.#database.run(
      `INSERT INTO saved_transfers (id, name, definition, created) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition`,
      id,
      name,
      JSON.stringify(definition),
      created,
    );
  }

  noteRun(id: string, operationId: string): void {
    this.#database.run('UPDATE saved_transfers SET last_operation_id = ? WHERE id = ?', operationId, id);
  }

  remove(id: string): void {
    this.#database.run('DELETE FROM saved_transfers WHERE id = ?', id);
  }
}

function rowOf(row: Row): SavedTransferRow {
  const lastOperationId = optionalText(row, 'last_operation_id');
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    definition: json(row, 'definition'),
    created: text(row, 'created'),
    ...(lastOperationId === undefined ? {} : { lastOperationId }),
  };
}
