import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';
import { Days } from './days.ts';
import { Digests } from './digests.ts';
import type { FormerPlaces } from './former-places.ts';
import { listedMark } from './known-names.ts';
import type { Settling } from './settling.ts';

/** Rows written or deleted in one transaction. */
const ROWS_AT_ONCE = 1_000;

/** What was listed; written in slices. */
export class Places {
  readonly #database: Database;
  readonly #former: FormerPlaces;
  readonly #settling: Settling;
  readonly #digests: Digests;
  readonly #days: Days;

  constructor(database: Database, former: FormerPlaces, settling: Settling) {
    this.#database = database;
    this.#former = former;
    this.#settling = settling;
    this.#digests = new Digests(database);
    this.#days = new Days(database);
  }

  /** @param seen stamp of the listing they are in: Unix milliseconds */
  *repositories({ registry, names, seen }: RepositoriesSeen): Generator<void, void, void> {
    yield* inSlices(names, ROWS_AT_ONCE, (some) =>
      // One statement: a thousand of them take three times as long, and the page that shows the list needs the processor.
      this.#database.run(
        `INSERT INTO repositories (account_id, name, seen) SELECT ?, value, ? FROM json_each(?) WHERE true
         ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)`,
        registry,
        seen,
        JSON.stringify(some),
      ),
    );
  }

  /** A listing without digests keeps the ones known. */
  *tags({ registry, repository, tags, seen }: TagsSeen): Generator<void, void, void> {
    yield* inSlices(tags, ROWS_AT_ONCE, (some) =>
      this.#database.transaction(() => {
        const id = this.repository(registry, repository, seen);
        this.#days.later(id);
        const named = some.flatMap(({ name, digest }) => (digest === undefined ? [name] : []));
        this.#name(id, named, seen);
        for (const { name, digest } of some)
          if (digest !== undefined) this.#look(id, name, this.#digests.idOf(digest), seen);
      }),
    );
  }

  /** Of two listings at once the later one counts, whichever is written last: else its end would delete what the other had written. */
  #name(repository: number, names: readonly string[], seen: number): void {
    this.#database.run(
      `INSERT INTO tags (repository_id, name, seen) SELECT ?, value, ? FROM json_each(?) WHERE true
       ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen)`,
      repository,
      seen,
      JSON.stringify(names),
    );
  }

  #look(repository: number, name: string, manifest: number, seen: number): void {
    this.#database.run(
      `INSERT INTO tags (repository_id, name, manifest_id, seen, looked) VALUES (?1, ?2, ?3, ?4, ?4)
       ON CONFLICT DO UPDATE SET moved = iif(manifest_id <> excluded.manifest_id, excluded.looked, moved),
         manifest_id = excluded.manifest_id, seen = max(seen, excluded.seen), looked = excluded.looked`,
      repository,
      name,
      manifest,
      seen,
    );
    this.#found(repository, manifest);
  }

  /** A tag is on it: so it is there, even if it was not before. */
  #found(repository: number, manifest: number): void {
    const wasMissing = this.#database.run(
      'UPDATE repository_manifests SET missing = 0 WHERE repository_id = ? AND manifest_id = ? AND missing = 1',
      repository,
      manifest,
    );
    if (wasMissing > 0)
      this.#database.run('INSERT OR IGNORE INTO pending VALUES (?, ?)', repository, manifest);
  }

  /** After a whole listing: what was not in it is gone. */
  *endRepositories({ registry, seen }: Omit<RepositoriesSeen, 'names'>): Generator<void, void, void> {
    yield* this.#removeRepositories(
      this.#database.all('SELECT id FROM repositories WHERE account_id = ? AND seen < ?', registry, seen),
    );
    this.#database.run(
      'INSERT INTO marks (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value',
      listedMark(registry),
      seen,
    );
  }

  *endTags({ registry, repository, seen }: Omit<TagsSeen, 'tags'>): Generator<void, void, void> {
    const id = this.find(registry, repository);
    if (id === undefined) return;
    this.#database.run('UPDATE repositories SET former_id = NULL WHERE id = ? AND former_id IS NOT NULL', id);
    this.#days.later(id);
    let after = '';
    for (;;) {
      const row = this.#database.get(
        `SELECT max(name) AS last, count(*) AS count FROM
           (SELECT name FROM tags WHERE repository_id = ? AND name > ? ORDER BY name LIMIT ?)`,
        id,
        after,
        ROWS_AT_ONCE,
      );
      const last = row && optionalText(row, 'last');
      if (last === undefined) return;
      this.#database.run(
        'DELETE FROM tags WHERE repository_id = ? AND name > ? AND name <= ? AND seen < ?',
        id,
        after,
        last,
        seen,
      );
      after = last;
      yield;
    }
  }

  *removeTags({ registry, repository, names }: TagsGone): Generator<void, void, void> {
    const id = this.find(registry, repository);
    if (id === undefined) return;
    yield* this.#former.takeOverOf(id);
    this.#days.later(id);
    yield* inSlices(names, ROWS_AT_ONCE, (some) =>
      this.#database.run(
        'DELETE FROM tags WHERE repository_id = ? AND name IN (SELECT value FROM json_each(?))',
        id,
        JSON.stringify(some),
      ),
    );
  }

  *forget(registry: string): Generator<void, void, void> {
    yield* this.#removeRepositories(
      this.#database.all('SELECT id FROM repositories WHERE account_id = ?', registry),
    );
    this.#database.run('DELETE FROM marks WHERE name = ?', listedMark(registry));
    for (const table of ['scans', 'families', 'families_made', 'asked_repositories'])
      this.#database.run(`DELETE FROM ${table} WHERE account_id = ?`, registry);
    this.#database.run(
      'DELETE FROM namespaces WHERE account_id = ?1 AND NOT EXISTS (SELECT 1 FROM repositories WHERE account_id = ?1)',
      registry,
    );
    while (
      this.#database.run(
        'DELETE FROM days WHERE (account_id, name, day) IN (SELECT account_id, name, day FROM days WHERE account_id = ? LIMIT ?)',
        registry,
        ROWS_AT_ONCE,
      ) === ROWS_AT_ONCE
    )
      yield;
  }

  /** A repository goes after its tags and what it holds, so that no slice deletes more than some rows. */
  *#removeRepositories(rows: readonly Row[]): Generator<void, void, void> {
    let deleted = 0;
    for (const row of rows) {
      const id = integer(row, 'id');
      for (;;) {
        const tags = this.#database.run(
          'DELETE FROM tags WHERE id IN (SELECT id FROM tags WHERE repository_id = ? LIMIT ?)',
          id,
          ROWS_AT_ONCE,
        );
        deleted += tags;
        if (tags < ROWS_AT_ONCE) break;
        yield;
      }
      yield* this.#settling.settle(id);
      deleted += this.#removeEmpty(id);
      if (deleted < ROWS_AT_ONCE) continue;
      deleted = 0;
      yield;
    }
  }

  /** Unless another process has listed tags of it meanwhile. */
  #removeEmpty(id: number): number {
    return this.#database.transaction(() => {
      const manifests = this.#database.run(
        'DELETE FROM repository_manifests WHERE repository_id = ? AND status = 0',
        id,
      );
      this.#days.later(id);
      const repositories = this.#database.run(
        `DELETE FROM repositories WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM tags WHERE repository_id = ?1)
           AND NOT EXISTS (SELECT 1 FROM repository_manifests WHERE repository_id = ?1)`,
        id,
      );
      return manifests + repositories;
    });
  }

  /** Its number; given one, and seen then, if it has none. */
  repository(registry: string, name: string, seen: number): number {
    const row = this.#database.get(
      `INSERT INTO repositories (account_id, name, seen) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen) RETURNING id`,
      registry,
      name,
      seen,
    );
    return integer(row ?? {}, 'id');
  }

  find(registry: string, repository: string): number | undefined {
    const row = this.#database.get(
      'SELECT id FROM repositories WHERE account_id = ? AND name = ?',
      registry,
      repository,
    );
    return row && integer(row, 'id');
  }
}

export interface RepositoriesSeen {
  registry: string;
  names: readonly string[];
  /** Unix milliseconds of the listing. */
  seen: number;
}

export interface TagsSeen {
  registry: string;
  repository: string;
  tags: readonly { name: string; digest?: string }[];
  seen: number;
}

export interface TagsGone {
  registry: string;
  repository: string;
  names: readonly string[];
}
