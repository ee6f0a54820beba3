import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { indexedText } from './search-text.ts';

/** Places that enter the index in one transaction: some 10 ms. */
const PLACES_AT_ONCE = 500;

/** Places by their table, with their index and what their text is made of: some after a mark. */
const PARTS = {
  repositories: {
    index: 'repository_text',
    some: 'SELECT id, name FROM repositories WHERE id > ? ORDER BY id LIMIT ?',
  },
  tags: {
    index: 'tag_text',
    some: `SELECT tags.id, repositories.name, tags.name AS tag FROM tags
           JOIN repositories ON repositories.id = repository_id WHERE tags.id > ? ORDER BY tags.id LIMIT ?`,
  },
} as const;
type Table = keyof typeof PARTS;

/**
 * The index of places by their text. What is listed enters it later: up to a mark in each table everything is in it, so it goes on after
 * any interruption.
 */
export class TextIndex {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** How many places are not in it yet, at most. */
  waiting(table: Table): number {
    const row = this.#database.get(`SELECT coalesce(max(id), 0) AS last FROM ${table}`) ?? {};
    return Math.max(0, integer(row, 'last') - this.mark(table));
  }

  /** The id of the last row that is in it. */
  mark(table: Table): number {
    const row = this.#database.get('SELECT value FROM marks WHERE name = ?', PARTS[table].index);
    return row ? integer(row, 'value') : 0;
  }

  /** Takes all of them in. */
  *fill(): Generator<void, void, void> {
    for (const table of ['repositories', 'tags'] as const) while (this.#fillSome(table)) yield;
  }

  /** @returns false where none is left */
  #fillSome(table: Table): boolean {
    const { index, some } = PARTS[table];
    if (this.#database.all(some, this.mark(table), 1).length === 0) return false;
    return this.#database.transaction(() => {
      // Read again: another process does the same.
      const rows = this.#database.all(some, this.mark(table), PLACES_AT_ONCE);
      for (const row of rows) {
        this.#database.run(
          `INSERT INTO ${index} (rowid, text) VALUES (?, ?)`,
          integer(row, 'id'),
          indexedText(text(row, 'name'), tagOf(row)),
        );
      }
      const last = rows.at(-1);
      if (last) {
        this.#database.run(
          'INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
          index,
          integer(last, 'id'),
        );
      }
      return rows.length === PLACES_AT_ONCE;
    });
  }
}

function tagOf(row: Row): string | undefined {
  return row.tag === undefined ? undefined : text(row, 'tag');
}
