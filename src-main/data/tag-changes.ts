import type { Database } from './database/database.ts';
import { integer, optionalText, type Row, text } from './database/row.ts';

/** What a reference (a tag, or the digest of a manifest without one) pointed at before an operation, and points at after it. */
export interface TagChange {
  repository: string;
  reference: string;
  /** Digests; null: it was, or is, not there. */
  before: string | null;
  after: string | null;
}

export interface KeptTagChange extends TagChange {
  /** Position in the order of the changes; where to read on. */
  id: number;
  /** What was there before could not be seen. */
  blind: boolean;
}

/** What operations did to tags, written before it happens, so that it can be taken back. */
export class TagChanges {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Notes what is about to change. One that was begun before keeps what was there first.
   *
   * @param blind what was there before could not be seen
   */
  begin(operationId: string, changes: readonly TagChange[], { blind = false } = {}): void {
    this.#database.transaction(() => {
      for (const { repository, reference, before, after } of changes)
        this.#database.run(
          `INSERT INTO tag_changes (operation_id, repository, reference, before, after, blind)
           VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET after = excluded.after`,
          operationId,
          repository,
          reference,
          before,
          after,
          blind ? 1 : 0,
        );
    });
  }

  /** Looking has shown that they were not changed. */
  drop(operationId: string, repository: string, references: readonly string[]): void {
    this.#database.run(
      `DELETE FROM tag_changes WHERE operation_id = ? AND repository = ?
         AND reference IN (SELECT value FROM json_each(?))`,
      operationId,
      repository,
      JSON.stringify(references),
    );
  }

  /** Whether the operation may have changed something. */
  any(operationId: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM tag_changes WHERE operation_id = ? LIMIT 1', operationId) !==
      undefined
    );
  }

  /** Some of them by their place in the list, and how many there are. */
  list(
    operationId: string,
    { offset, limit }: { offset: number; limit: number },
  ): { items: KeptTagChange[]; total: number } {
    const [count = {}] = this.#database.all(
      'SELECT count(*) AS total FROM tag_changes WHERE operation_id = ?',
      operationId,
    );
    const items = this.#database
      .all(
        'SELECT * FROM tag_changes WHERE operation_id = ? ORDER BY id LIMIT ? OFFSET ?',
        operationId,
        limit,
        offset,
      )
      .map(changeOf);
    return { items, total: integer(count, 'total') };
  }

  /** Some of them in their order. @param after the `id` of the last one read */
  page(operationId: string, after: number, limit: number): KeptTagChange[] {
    return this.#database
      .all(
        'SELECT * FROM tag_changes WHERE operation_id = ? AND id > ? ORDER BY id LIMIT ?',
        operationId,
        after,
        limit,
      )
      .map(changeOf);
  }
}

function changeOf(row: Row): KeptTagChange {
  return {
    id: integer(row, 'id'),
    repository: text(row, 'repository'),
    reference: text(row, 'reference'),
    before: optionalText(row, 'before') ?? null,
    after: optionalText(row, 'after') ?? null,
    blind: integer(row, 'blind') === 1,
  };
}
