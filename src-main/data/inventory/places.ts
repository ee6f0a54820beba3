import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row } from '../database/row.ts';
import type { FormerPlaces } from './former-places.ts';

/** Rows written or deleted in one transaction. */
const ROWS_AT_ONCE = 1_000;

/** What was listed; written in slices. */
export class Places {
  readonly #database: Database;
  readonly #former: FormerPlaces;

  constructor(database: Database, former: FormerPlaces) {
    this.#database = database;
    this.#former = former;
  }

  /** @param seen stamp of the listing they are in: Unix milliseconds */
  *repositories({ accountId, names, seen }: RepositoriesSeen): Generator<void, void, void> {
    yield* this.#each(names, (name) => this.#repository(accountId, name, seen));
  }

  /** A listing without digests keeps the ones known. */
  *tags({ accountId, repository, tags, seen }: TagsSeen): Generator<void, void, void> {
    let id: number | undefined;
    yield* this.#each(tags, ({ name, digest }) => {
      id ??= this.#repository(accountId, repository, seen);
      this.#database.run(
        `INSERT INTO tags (repository_id, name, digest, seen) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET digest = coalesce(excluded.digest, digest), seen = excluded.seen`,
        id,
        name,
        digest ?? null,
        seen,
      );
    });
  }

  /** After a whole listing: what was not in it is gone. */
  *endRepositories({ accountId, seen }: Omit<RepositoriesSeen, 'names'>): Generator<void, void, void> {
    yield* this.#removeRepositories(
      this.#database.all('SELECT id FROM repositories WHERE account_id = ? AND seen < ?', accountId, seen),
    );
  }

  *endTags({ accountId, repository, seen }: Omit<TagsSeen, 'tags'>): Generator<void, void, void> {
    const id = this.#idOf(accountId, repository);
    if (id === undefined) return;
    this.#database.run('UPDATE repositories SET former_id = NULL WHERE id = ? AND former_id IS NOT NULL', id);
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

  *removeTags({ accountId, repository, names }: TagsGone): Generator<void, void, void> {
    const id = this.#idOf(accountId, repository);
    if (id === undefined) return;
    yield* this.#former.takeOverOf(id);
    yield* this.#each(names, (name) =>
      this.#database.run('DELETE FROM tags WHERE repository_id = ? AND name = ?', id, name),
    );
  }

  *forget(accountId: string): Generator<void, void, void> {
    yield* this.#removeRepositories(
      this.#database.all('SELECT id FROM repositories WHERE account_id = ?', accountId),
    );
  }

  /** A repository goes after its tags, so that no slice deletes more than some rows. */
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
      deleted += this.#database.run('DELETE FROM repositories WHERE id = ?', id);
      if (deleted < ROWS_AT_ONCE) continue;
      deleted = 0;
      yield;
    }
  }

  *#each<Item>(items: readonly Item[], write: (item: Item) => void): Generator<void, void, void> {
    for (let start = 0; start < items.length; start += ROWS_AT_ONCE) {
      if (start > 0) yield;
      this.#database.transaction(() => {
        for (const item of items.slice(start, start + ROWS_AT_ONCE)) write(item);
      });
    }
  }

  #repository(accountId: string, name: string, seen: number): number {
    const row = this.#database.get(
      `INSERT INTO repositories (account_id, name, seen) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET seen = max(seen, excluded.seen) RETURNING id`,
      accountId,
      name,
      seen,
    );
    return integer(row ?? {}, 'id');
  }

  #idOf(accountId: string, repository: string): number | undefined {
    const row = this.#database.get(
      'SELECT id FROM repositories WHERE account_id = ? AND name = ?',
      accountId,
      repository,
    );
    return row && integer(row, 'id');
  }
}

export interface RepositoriesSeen {
  accountId: string;
  names: readonly string[];
  /** Unix milliseconds of the listing. */
  seen: number;
}

export interface TagsSeen {
  accountId: string;
  repository: string;
  tags: readonly { name: string; digest?: string }[];
  seen: number;
}

export interface TagsGone {
  accountId: string;
  repository: string;
  names: readonly string[];
}
