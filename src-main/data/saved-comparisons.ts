import type { Database } from './database/database.ts';
import { json, type Row, text } from './database/row.ts';

/** A comparison kept by name; all but its name are JSON values that the store does not look into. */
export interface SavedComparisonRow {
  id: string;
  name: string;
  definition: unknown;
  created: string;
  schedule?: unknown;
  lastRun?: unknown;
}

export class SavedComparisons {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By name. */
  list(): SavedComparisonRow[] {
    return this.#database.all('SELECT * FROM saved_comparisons ORDER BY name, created').map(rowOf);
  }

  isTaken(name: string, id: string): boolean {
    return (
      this.#database.get('SELECT 1 FROM saved_comparisons WHERE name = ? AND id <> ?', name, id) !== undefined
    );
  }

  /** Adds it, or changes the one with its id. */
  put({ id, name, definition, created, schedule }: Omit<SavedComparisonRow, 'lastRun'>): void {
    this.#database.run(
      `INSERT INTO saved_comparisons (id, name, definition, created, schedule) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, definition = excluded.definition, schedule = excluded.schedule`,
      id,
      name,
      JSON.stringify(definition),
      created,
      schedule === undefined ? null : JSON.stringify(schedule),
    );
  }

  /**
   * Notes how a look is, unless another process has noted one meanwhile.
   *
   * @param before when the one noted until now began
   * @returns whether it was noted
   */
  noteRun(id: string, run: { at: string }, before: string | undefined): boolean {
    const changed = this.#database.run(
      `UPDATE saved_comparisons SET last_run = ? WHERE id = ? AND last_run ->> '$.at' IS ?`,
      JSON.stringify(run),
      id,
      before ?? null,
    );
    return changed > 0;
  }

  remove(id: string): void {
    this.#database.run('DELETE FROM saved_comparisons WHERE id = ?', id);
  }
}

function rowOf(row: Row): SavedComparisonRow {
  return {
    id: text(row, 'id'),
    name: text(row, 'name'),
    definition: json(row, 'definition'),
    created: text(row, 'created'),
    ...(row.schedule === null ? {} : { schedule: json(row, 'schedule') }),
    ...(row.last_run === null ? {} : { lastRun: json(row, 'last_run') }),
  };
}
