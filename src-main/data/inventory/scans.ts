import type { Database } from '../database/database.ts';
import { json, optionalText, type Row, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';

/** Rows written in one transaction. */
const ROWS_AT_ONCE = 1_000;

/** A scan as it is stored; what is in `scan` the caller decides. */
export interface KeptScan {
  id: string;
  registry: string;
  /** A JSON value. */
  scan: unknown;
  /** It is to be continued. */
  open: boolean;
  /** Mark of the process that works on it. */
  owner?: string;
}

export interface ScansAsked {
  registry?: string;
  open?: true;
}

export interface AskedRepository {
  registry: string;
  repository: string;
  /** Unix milliseconds. */
  asked: number;
  /** It is not there; else it was refused. */
  absent: boolean;
}

/** What one process asks of another that works on a scan. */
export type ScanStop = 'pause' | 'cancel';

/** Scans with the repositories that they are still to look at, so that they go on after any interruption. */
export class Scans {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /**
   * Begins or takes over a scan, unless a process works on one of the registry: of each it is given whether it has ended.
   *
   * @returns the mark of a process that was not among those given and works on one; then nothing has changed
   */
  takeScan({ gone, ...scan }: KeptScan & { owner: string; gone: readonly string[] }): string | undefined {
    return this.#database.transaction(() => {
      const rows = this.#database.all(
        'SELECT owner FROM scans WHERE account_id = ? AND owner IS NOT NULL',
        scan.registry,
      );
      const working = rows.map((row) => text(row, 'owner')).find((owner) => !gone.includes(owner));
      if (working === undefined) {
        this.#write(scan);
        this.#database.run('UPDATE scans SET stop = NULL WHERE id = ?', scan.id);
      }
      return working;
    });
  }

  /** Written anew with each change. @returns what another process has asked for since it was taken */
  *keepScan(scan: KeptScan): Generator<void, ScanStop | undefined, void> {
    const stop = this.#write(scan);
    if (!scan.open) yield* this.#removeAll(scan.id);
    return stop;
  }

  /** @returns whether a process works on it, which is asked */
  askScan({ id, stop }: { id: string; stop: ScanStop }): boolean {
    return this.#database.run('UPDATE scans SET stop = ? WHERE id = ? AND owner IS NOT NULL', stop, id) > 0;
  }

  /** In one statement: another process may ask at any time. @returns what one has asked for */
  #write({ id, registry, scan, open, owner }: KeptScan): ScanStop | undefined {
    const row = this.#database.get(
      `INSERT INTO scans (id, account_id, scan, open, owner) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET scan = excluded.scan, open = excluded.open, owner = excluded.owner RETURNING stop`,
      id,
      registry,
      JSON.stringify(scan),
      Number(open),
      owner ?? null,
    );
    return row && (optionalText(row, 'stop') as ScanStop | undefined);
  }

  /** They are still to be looked at. */
  *addToScan({
    id,
    repositories,
  }: {
    id: string;
    repositories: readonly string[];
  }): Generator<void, void, void> {
    yield* inSlices(repositories, ROWS_AT_ONCE, (some) =>
      this.#database.transaction(() => {
        for (const repository of some)
          this.#database.run('INSERT OR IGNORE INTO scan_repositories VALUES (?, ?)', id, repository);
      }),
    );
  }

  /** A repository was looked at, whole unless `scanned` (Unix milliseconds) is absent. */
  *scanned({
    id,
    registry,
    repository,
    scanned,
  }: {
    id: string;
    registry: string;
    repository: string;
    scanned?: number;
  }): Generator<void, void, void> {
    this.#database.transaction(() => {
      this.#database.run(
        'DELETE FROM scan_repositories WHERE scan_id = ? AND repository = ?',
        id,
        repository,
      );
      if (scanned !== undefined)
        this.#database.run(
          'UPDATE repositories SET scanned = ? WHERE account_id = ? AND name = ?',
          scanned,
          registry,
          repository,
        );
    });
  }

  /** A registry that gives no list was asked for a repository by name, and showed no tags of it. */
  askedRepository({ registry, repository, asked, absent }: AskedRepository): void {
    this.#database.run(
      'INSERT OR REPLACE INTO asked_repositories (account_id, name, asked, absent) VALUES (?, ?, ?, ?)',
      registry,
      repository,
      asked,
      Number(absent),
    );
  }

  /** The next repositories that a scan is to look at, by name. */
  *leftOfScan({
    id,
    after = '',
    limit,
  }: {
    id: string;
    after?: string;
    limit: number;
  }): Generator<void, string[], void> {
    return this.#database
      .all(
        'SELECT repository FROM scan_repositories WHERE scan_id = ? AND repository > ? ORDER BY repository LIMIT ?',
        id,
        after,
        limit,
      )
      .map((row) => text(row, 'repository'));
  }

  /** Those of a registry, or all; the open ones only, if so asked. */
  scans({ registry, open }: ScansAsked): KeptScan[] {
    return this.#database
      .all(
        'SELECT id, account_id, scan, open, owner FROM scans WHERE account_id = coalesce(?, account_id) AND open >= ?',
        registry ?? null,
        Number(open ?? false),
      )
      .map(scanOf);
  }

  *removeScan(id: string): Generator<void, void, void> {
    yield* this.#removeAll(id);
    this.#database.run('DELETE FROM scans WHERE id = ?', id);
  }

  *#removeAll(id: string): Generator<void, void, void> {
    while (
      this.#database.run(
        `DELETE FROM scan_repositories WHERE scan_id = ?1 AND repository IN
           (SELECT repository FROM scan_repositories WHERE scan_id = ?1 LIMIT ?2)`,
        id,
        ROWS_AT_ONCE,
      ) === ROWS_AT_ONCE
    )
      yield;
  }
}

function scanOf(row: Row): KeptScan {
  const owner = optionalText(row, 'owner');
  return {
    id: text(row, 'id'),
    registry: text(row, 'account_id'),
    scan: json(row, 'scan'),
    open: row.open === 1,
    ...(owner === undefined ? {} : { owner }),
  };
}
