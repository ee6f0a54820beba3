import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import { nameOf, type Scope } from './totals.ts';

const DAY_MS = 86_400_000;
/** Repositories noted in one transaction. */
const NOTED_AT_ONCE = 200;
/** Repositories summed up in one slice. */
const SUMMED_AT_ONCE = 2_000;
/** After every name: these are ASCII. */
const LAST_NAME = '\u007f';

export interface DayTotals {
  /** The day in UTC: YYYY-MM-DD. */
  day: string;
  tags: number;
  referencedBytes: number;
  uniqueBytes: number;
}

/** Totals at the end of each day, of repositories and of the namespaces around them: noted a while after they changed. */
export class Days {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The repository's totals changed: part of the transaction in which they did. */
  later(repository: number): void {
    this.#database.run(
      'INSERT OR IGNORE INTO pending_days SELECT account_id, name FROM repositories WHERE id = ?',
      repository,
    );
  }

  /** Repositories first, then namespaces from the inside out. */
  *note(now: number): Generator<void, void, void> {
    const day = Math.floor(now / DAY_MS);
    for (;;) {
      while (this.#repositories(day)) yield;
      const row = this.#database.get('SELECT * FROM pending_days ORDER BY length(name) DESC LIMIT 1');
      if (!row) return;
      yield* this.#namespace(text(row, 'account_id'), text(row, 'name'), day);
    }
  }

  /** @returns false where none is left */
  #repositories(day: number): boolean {
    return this.#database.transaction(() => {
      const rows = this.#database.all(
        "SELECT * FROM pending_days WHERE name <> '' AND name NOT LIKE '%/' LIMIT ?",
        NOTED_AT_ONCE,
      );
      for (const row of rows) {
        const [registry, name] = [text(row, 'account_id'), text(row, 'name')];
        // One that is gone has nothing.
        const totals = this.#database.get(
          `SELECT total(tags) AS tags, total(referenced_bytes) AS referenced_bytes, total(unique_bytes) AS unique_bytes
           FROM repositories WHERE account_id = ? AND name = ?`,
          registry,
          name,
        );
        this.#done(registry, name);
        this.#write(registry, name, day, totals ?? {});
      }
      return rows.length > 0;
    });
  }

  /** Sums up what is in it, some repositories at a time. */
  *#namespace(registry: string, name: string, day: number): Generator<void, void, void> {
    // Before: what changes meanwhile is noted again.
    this.#done(registry, name);
    let [tags, referenced] = [0, 0];
    const end = name === '' ? LAST_NAME : `${name.slice(0, -1)}0`;
    for (let after = name; ; ) {
      const row = this.#database.get(
        `SELECT max(name) AS last, total(tags) AS tags, total(referenced_bytes) AS referenced_bytes FROM
           (SELECT name, tags, referenced_bytes FROM repositories WHERE account_id = ? AND name > ? AND name < ? ORDER BY name LIMIT ?)`,
        registry,
        after,
        end,
        SUMMED_AT_ONCE,
      );
      if (!row || row.last === null) break;
      tags += integer(row, 'tags');
      referenced += integer(row, 'referenced_bytes');
      after = text(row, 'last');
      yield;
    }
    const unique = this.#database.get(
      'SELECT total(unique_bytes) AS unique_bytes FROM namespaces WHERE account_id = ? AND name = ?',
      registry,
      name.slice(0, -1),
    );
    this.#database.transaction(() =>
      this.#write(registry, name, day, { tags, referenced_bytes: referenced, ...unique }),
    );
  }

  #done(registry: string, name: string): void {
    this.#database.run('DELETE FROM pending_days WHERE account_id = ? AND name = ?', registry, name);
  }

  #write(registry: string, name: string, day: number, totals: Row): void {
    this.#database.run(
      `INSERT INTO days VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         tags = excluded.tags, referenced_bytes = excluded.referenced_bytes, unique_bytes = excluded.unique_bytes`,
      registry,
      name,
      day,
      integer(totals, 'tags'),
      integer(totals, 'referenced_bytes'),
      integer(totals, 'unique_bytes'),
    );
    if (name === '') return;
    this.#database.run('INSERT OR IGNORE INTO pending_days VALUES (?, ?)', registry, around(name));
  }
}

/** The last days up to now, the oldest first, from the first on that anything is known of. */
export function history(
  database: Database,
  { scope, days, now }: { scope: Scope; days: number; now: number },
): DayTotals[] {
  const last = Math.floor(now / DAY_MS);
  const first = last - days + 1;
  const rows = database.all(
    `SELECT day, tags, referenced_bytes, unique_bytes FROM days WHERE account_id = ?1 AND name = ?2 AND day >=
       coalesce((SELECT max(day) FROM days WHERE account_id = ?1 AND name = ?2 AND day <= ?3), ?3) ORDER BY day`,
    scope.registry,
    nameOf(scope),
    first,
  );
  const totals: DayTotals[] = [];
  for (const [position, row] of rows.entries()) {
    const next = rows[position + 1];
    const until = next ? integer(next, 'day') - 1 : last;
    for (let day = Math.max(first, integer(row, 'day')); day <= until; day++)
      totals.push({
        day: new Date(day * DAY_MS).toISOString().slice(0, 10),
        tags: integer(row, 'tags'),
        referencedBytes: integer(row, 'referenced_bytes'),
        uniqueBytes: integer(row, 'unique_bytes'),
      });
  }
  return totals;
}

/** The name, with its slash, of the namespace around a repository or namespace. */
function around(name: string): string {
  return name.slice(0, name.replace(/\/$/, '').lastIndexOf('/') + 1);
}
