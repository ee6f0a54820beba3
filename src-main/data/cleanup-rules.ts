import type { Database } from './database/database.ts';
import { integer, json, type Row, text } from './database/row.ts';

/** Rules kept by name; `schedule` and `lastRun` are JSON values that the store does not look into. */
export interface CleanupRulesRow {
  id: string;
  accountId: string;
  name: string;
  created: string;
  schedule?: unknown;
  lastRun?: unknown;
  /** The latest version. */
  current: CleanupVersionRow;
}

/** What rules said. */
export interface CleanupVersionRow {
  /** Counted from 1. */
  version: number;
  text: string;
  digest: string;
  saved: string;
}

const CURRENT = `SELECT * FROM cleanup_rules JOIN cleanup_versions AS own ON rules_id = id
  WHERE version = (SELECT max(version) FROM cleanup_versions WHERE rules_id = id)`;

/** Rules that clean up registries. No version of them is ever changed. */
export class CleanupRules {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By name; without an account those of all. */
  list(accountId?: string): CleanupRulesRow[] {
    return this.#database
      .all(`${CURRENT} AND ?1 IN (account_id, '') ORDER BY name, created`, accountId ?? '')
      .map(rowOf);
  }

  get(id: string): CleanupRulesRow | undefined {
    const row = this.#database.get(`${CURRENT} AND id = ?`, id);
    return row && rowOf(row);
  }

  /** The latest first. */
  versions(id: string): CleanupVersionRow[] {
    return this.#database
      .all('SELECT * FROM cleanup_versions WHERE rules_id = ? ORDER BY version DESC', id)
      .map(versionOf);
  }

  /** Adds rules, or changes those with this id; another text is another version. */
  put(
    { id, accountId, name, schedule }: Pick<CleanupRulesRow, 'id' | 'accountId' | 'name' | 'schedule'>,
    said: Pick<CleanupVersionRow, 'text' | 'digest'>,
    now: string,
  ): void {
    const database = this.#database;
    database.transaction(() => {
      database.run(
        `INSERT INTO cleanup_rules (id, account_id, name, created, schedule) VALUES (?, ?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, schedule = excluded.schedule`,
        id,
        accountId,
        name,
        now,
        schedule === undefined ? null : JSON.stringify(schedule),
      );
      const [last] = this.versions(id);
      if (last?.digest === said.digest) return;
      database.run(
        'INSERT INTO cleanup_versions (rules_id, version, text, digest, saved) VALUES (?, ?, ?, ?, ?)',
        id,
        (last?.version ?? 0) + 1,
        said.text,
        said.digest,
        now,
      );
    });
  }

  /** Whether other rules of the account have this name. */
  isTaken(accountId: string, name: string, id: string): boolean {
    return (
      this.#database.get(
        'SELECT 1 FROM cleanup_rules WHERE account_id = ? AND name = ? AND id <> ?',
        accountId,
        name,
        id,
      ) !== undefined
    );
  }

  /**
   * Notes how a run by schedule is, unless another process has noted one meanwhile.
   *
   * @param before what was noted until now
   * @returns whether it was noted
   */
  noteRun(id: string, run: unknown, before: unknown): boolean {
    const changed = this.#database.run(
      'UPDATE cleanup_rules SET last_run = ? WHERE id = ? AND last_run IS ?',
      JSON.stringify(run),
      id,
      before === undefined ? null : JSON.stringify(before),
    );
    return changed > 0;
  }

  remove(id: string): void {
    this.#database.run('DELETE FROM cleanup_rules WHERE id = ?', id);
  }
}

function rowOf(row: Row): CleanupRulesRow {
  return {
    id: text(row, 'id'),
    accountId: text(row, 'account_id'),
    name: text(row, 'name'),
    created: text(row, 'created'),
    ...(row.schedule === null ? {} : { schedule: json(row, 'schedule') }),
    ...(row.last_run === null ? {} : { lastRun: json(row, 'last_run') }),
    current: versionOf(row),
  };
}

function versionOf(row: Row): CleanupVersionRow {
  return {
    version: integer(row, 'version'),
    text: text(row, 'text'),
    digest: text(row, 'digest'),
    saved: text(row, 'saved'),
  };
}
