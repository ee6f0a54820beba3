import type { Database } from '../database/database.ts';
import { integer, optionalText, text } from '../database/row.ts';

/** Of `audit-text.db`, which can be thrown away: threes of the characters of each entry. Their text is not kept: the record has it. */
export const textSchema: readonly string[] = [
  `CREATE VIRTUAL TABLE entry_text USING fts5 (text, content = '', tokenize = 'trigram');
   CREATE TABLE entry_mark (id INTEGER NOT NULL, hash TEXT NOT NULL) STRICT;`,
  // Of each entry the one that began its change: the record has long rows, of which a word of most would read every one. Filled from the start.
  `CREATE TABLE entry_change (id INTEGER PRIMARY KEY, begun INTEGER NOT NULL) STRICT;
   DELETE FROM entry_mark;`,
];

/** Entries that enter the index in one transaction, and characters of them after which it ends before: some 50 ms, or one long entry. */
const ENTRIES_AT_ONCE = 1_000;
const TEXT_AT_ONCE = 300_000;

/** What is looked for in an entry. */
export const SEARCHED = ['detail', 'what', 'account', 'place', 'who', 'machine', 'operation_id'] as const;

/** The text of an entry: what a later one of an operation repeats of the one before is in that. */
const TEXT = `iif(operation_id = '' OR event IN ('started', 'retried'),
  concat_ws(char(10), ${SEARCHED.join(', ')}), concat_ws(char(10), detail, who, machine))`;

/** The number of the entry that began the change of an entry; 0 where it is not there. */
const BEGUN = `iif(operation_id = '' OR event = 'started', id, ifnull((SELECT min(first.id) FROM audit AS first
  WHERE first.operation_id = audit.operation_id AND first.event = 'started'), 0))`;

/**
 * The index of the record of changes by its text: entries enter it after they were written, in their order, up to a mark that says which
 * entry was the last. What is behind the mark is not in it yet. Of another record (a backup, one that was tampered with) it is made anew.
 */
export class AuditText {
  readonly #record: Database;
  readonly #index: Database;

  /** @param record with the index attached as `found` */
  constructor(record: Database, index: Database) {
    this.#record = record;
    this.#index = index;
  }

  /** The number of the last entry that is in the index; 0 where it is not the index of this record. */
  mark(): number {
    const mark = this.#index.get('SELECT id, hash FROM entry_mark');
    if (!mark) return 0;
    const row = this.#record.get('SELECT hash FROM audit WHERE id = ?', integer(mark, 'id'));
    return row && (optionalText(row, 'hash') ?? '') === text(mark, 'hash') ? integer(mark, 'id') : 0;
  }

  /** Takes in all entries that are not in it. */
  *fill(): Generator<void, void, void> {
    while (this.#fillSome()) yield;
  }

  /** @returns false where none is left */
  #fillSome(): boolean {
    const entries = (after: number, limit: number) =>
      this.#record.all(
        `SELECT id, hash, ${TEXT} AS text, ${BEGUN} AS begun FROM audit WHERE id > ? ORDER BY id LIMIT ?`,
        after,
        limit,
      );
    if (entries(this.mark(), 1).length === 0) return false;
    this.#index.transaction(() => {
      // Read again: another process does the same.
      const after = this.mark();
      if (after === 0) {
        this.#index.run("INSERT INTO entry_text (entry_text) VALUES ('delete-all')");
        this.#index.run('DELETE FROM entry_change');
      }
      let length = 0;
      let last: ReturnType<typeof entries>[number] | undefined;
      for (const row of entries(after, ENTRIES_AT_ONCE)) {
        const said = text(row, 'text');
        this.#index.run('INSERT INTO entry_text (rowid, text) VALUES (?, ?)', integer(row, 'id'), said);
        this.#index.run(
          'INSERT INTO entry_change (id, begun) VALUES (?, ?)',
          integer(row, 'id'),
          integer(row, 'begun'),
        );
        last = row;
        length += said.length;
        if (length > TEXT_AT_ONCE) break;
      }
      if (!last) return;
      this.#index.run('DELETE FROM entry_mark');
      this.#index.run(
        'INSERT INTO entry_mark (id, hash) VALUES (?, ?)',
        integer(last, 'id'),
        optionalText(last, 'hash') ?? '',
      );
    });
    return true;
  }

  close(): void {
    this.#index.close();
  }
}
