import type { Database } from './database/database.ts';
import { text } from './database/row.ts';

export interface AuditEntry {
  /** RFC 3339. */
  at: string;
  /** User of the operating system. */
  who: string;
  /** Which part of the app: desktop, browser, cli. */
  host: string;
  operationId: string;
  event: string;
  /** What was done, or how it ended; JSON. */
  detail: unknown;
}

/** Who did what when, with what result. Rows are only ever added: the database refuses anything else. */
export class Audit {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add(entry: AuditEntry): void {
    this.#database.run(
      'INSERT INTO audit (at, who, host, operation_id, event, detail) VALUES (?, ?, ?, ?, ?, ?)',
      entry.at,
      entry.who,
      entry.host,
      entry.operationId,
      entry.event,
      JSON.stringify(entry.detail),
    );
  }

  of(operationId: string): AuditEntry[] {
    return this.#database
      .all('SELECT * FROM audit WHERE operation_id = ? ORDER BY id', operationId)
      .map((row) => ({
        at: text(row, 'at'),
        who: text(row, 'who'),
        host: text(row, 'host'),
        operationId: text(row, 'operation_id'),
        event: text(row, 'event'),
        detail: JSON.parse(text(row, 'detail')) as unknown,
      }));
  }
}
