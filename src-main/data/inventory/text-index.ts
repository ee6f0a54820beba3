import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { indexedText } from './search-text.ts';

/** Places that enter the index in one transaction: some 10 ms. */
const PLACES_AT_ONCE = 500;
/** So few are indexed by the search itself, that what was just seen is found. */
const FEW = 500;

/** A kind of places with its index. */
interface Part {
  table: 'repositories' | 'tags';
  index: 'repository_text' | 'tag_text';
  /** Some places after a mark, with what their text is made of. */
  some: string;
}

const PARTS: readonly Part[] = [
  {
    table: 'repositories',
    index: 'repository_text',
    some: 'SELECT id, name FROM repositories WHERE id > ? ORDER BY id LIMIT ?',
  },
  {
    table: 'tags',
    index: 'tag_text',
    some: `SELECT tags.id, repositories.name, tags.name AS tag FROM tags
           JOIN repositories ON repositories.id = repository_id WHERE tags.id > ? ORDER BY tags.id LIMIT ?`,
  },
];

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
  waiting(): number {
    return PARTS.reduce((sum, part) => sum + this.#waiting(part), 0);
  }

  /** Takes all of them in. */
  *fill(): Generator<void, void, void> {
    for (const part of PARTS) while (this.#fillSome(part)) yield;
  }

  /** Takes them in where they are few. */
  *fillFew(): Generator<void, void, void> {
    if (this.waiting() <= FEW) yield* this.fill();
  }

  #waiting({ table, index }: Part): number {
    const row = this.#database.get(`SELECT coalesce(max(id), 0) AS last FROM ${table}`) ?? {};
    return Math.max(0, integer(row, 'last') - this.#mark(index));
  }

  /** @returns false where none is left */
  #fillSome({ index, some }: Part): boolean {
    if (this.#database.all(some, this.#mark(index), 1).length === 0) return false;
    return this.#database.transaction(() => {
      // Read again: another process does the same.
      const rows = this.#database.all(some, this.#mark(index), PLACES_AT_ONCE);
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

  #mark(index: Part['index']): number {
    const row = this.#database.get('SELECT value FROM marks WHERE name = ?', index);
    return row ? integer(row, 'value') : 0;
  }
}

function tagOf(row: Row): string | undefined {
  return row.tag === undefined ? undefined : text(row, 'tag');
}
