import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { nameOf, type Scope, summary } from './totals.ts';

const DAY_MS = 86_400_000;
/** Repositories noted in one transaction. */
const NOTED_AT_ONCE = 200;

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

  *note(now: number): Generator<void, void, void> {
    const day = Math.floor(now / DAY_MS);
    while (this.#some(day)) yield;
  }

  /** Repositories first, then namespaces from the inside out. @returns false where none is left */
  #some(day: number): boolean {
    if (!this.#database.get('SELECT 1 FROM pending_days LIMIT 1')) return false;
    return this.#database.transaction(() => {
      const repositories = this.#database.all(
        "SELECT account_id, name FROM pending_days WHERE name <> '' AND name NOT LIKE '%/' LIMIT ?",
        NOTED_AT_ONCE,
      );
      const rows =
        repositories.length > 0
          ? repositories
          : this.#database.all(
              'SELECT account_id, name FROM pending_days ORDER BY length(name) DESC LIMIT 1',
            );
      for (const row of rows) this.#note(text(row, 'account_id'), text(row, 'name'), day);
      return rows.length > 0;
    });
  }

  #note(registry: string, name: string, day: number): void {
    const { tags, referencedBytes, uniqueBytes } = summary(this.#database, scopeOf(registry, name));
    this.#database.run(
      `INSERT INTO days VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         tags = excluded.tags, referenced_bytes = excluded.referenced_bytes, unique_bytes = excluded.unique_bytes`,
      registry,
      name,
      day,
      tags,
      referencedBytes,
      uniqueBytes,
    );
    this.#database.run('DELETE FROM pending_days WHERE account_id = ? AND name = ?', registry, name);
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

function scopeOf(registry: string, name: string): Scope {
  if (name === '') return { registry };
  return name.endsWith('/') ? { registry, namespace: name.slice(0, -1) } : { registry, repository: name };
}

/** The name, with its slash, of the namespace around a repository or namespace. */
function around(name: string): string {
  return name.slice(0, name.replace(/\/$/, '').lastIndexOf('/') + 1);
}
