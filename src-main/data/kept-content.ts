import type { Database } from './database/database.ts';
import { integer, text } from './database/row.ts';
import { SETTLED } from './trash.ts';

/** A manifest or a blob that is kept as a file. */
export interface KeptFile {
  digest: string;
  size: number;
}

/** Which content is kept for which operation. Written before the file is, so that none is taken for one that nobody needs. */
export class KeptContents {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Repeating it changes nothing. */
  add(operationId: string, files: readonly KeptFile[]): void {
    this.#database.transaction(() => {
      for (const { digest, size } of files)
        this.#database.run(
          'INSERT INTO kept_content (operation_id, digest, size) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
          operationId,
          digest,
          size,
        );
    });
  }

  holds(digest: string): boolean {
    return this.#database.get('SELECT 1 FROM kept_content WHERE digest = ? LIMIT 1', digest) !== undefined;
  }

  /** Of one operation. */
  bytesOf(operationId: string): number {
    return this.#bytes('SELECT sum(size) AS bytes FROM kept_content WHERE operation_id = ?', operationId);
  }

  /** Of all, what several operations need once. */
  bytes(): number {
    return this.#bytes('SELECT sum(size) AS bytes FROM (SELECT DISTINCT digest, size FROM kept_content)');
  }

  digests(): Set<string> {
    const rows = this.#database.all('SELECT DISTINCT digest FROM kept_content');
    return new Set(rows.map((row) => text(row, 'digest')));
  }

  /** Whether something is kept for an operation. */
  has(operationId: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM kept_content WHERE operation_id = ? LIMIT 1', operationId) !==
      undefined
    );
  }

  remove(operationId: string): void {
    this.#database.run('DELETE FROM kept_content WHERE operation_id = ?', operationId);
  }

  /** The operation that began first of those that are over and for which something is kept. */
  oldest(): { operationId: string; started: string } | undefined {
    const row = this.#database.get(
      `SELECT id, started FROM operations
       WHERE id IN (SELECT operation_id FROM kept_content) AND ${SETTLED} ORDER BY started LIMIT 1`,
    );
    return row && { operationId: text(row, 'id'), started: text(row, 'started') };
  }

  #bytes(sql: string, ...values: string[]): number {
    const row = this.#database.get(sql, ...values) ?? {};
    return row.bytes === null ? 0 : integer(row, 'bytes');
  }
}
