import { createHash } from 'node:crypto';
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

const FIELDS = ['at', 'who', 'host', 'operation_id', 'event', 'detail'] as const;

/**
 * Who did what when, with what result. Rows are only ever added: the database refuses anything else. Each row's hash is the
 * SHA-256, in hexadecimal, of the JSON array of the hash of the row before it and its own fields, so that no row can be changed, taken out or
 * put in between without changing all hashes after it. The first row with a hash takes in those that earlier versions wrote without.
 */
export class Audit {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  add({ at, who, host, operationId, event, detail }: AuditEntry): void {
    this.#database.transaction(() => {
      const row = [at, who, host, operationId, event, JSON.stringify(detail)];
      this.#database.run(
        `INSERT INTO audit (${FIELDS.join(', ')}, hash) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        ...row,
        chained(this.#head(), row),
      );
    });
  }

  /** The hash that the next row follows. */
  #head(): string {
    const last = this.#database.get('SELECT hash FROM audit ORDER BY id DESC LIMIT 1');
    if (!last) return '';
    if (last.hash !== null) return text(last, 'hash');
    let hash = '';
    for (const row of this.#database.all(`SELECT ${FIELDS.join(', ')} FROM audit ORDER BY id`))
      hash = chained(
        hash,
        FIELDS.map((field) => text(row, field)),
      );
    return hash;
  }
}

function chained(before: string, row: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([before, ...row]))
    .digest('hex');
}
