import type { Database } from './database/database.ts';
import { integer, optionalText, text } from './database/row.ts';

export interface SeenPlaceRow {
  accountId: string;
  repository: string;
  tag?: string;
  digest?: string;
}

/** From here on a word may be the beginning of a digest; shorter ones would match nearly every digest. */
const DIGEST_WORD = /^(?:sha(?:256|512):)?[0-9a-f]{6,}$/;
/** More words than a person types: each costs a comparison for each row. */
const MAX_WORDS = 8;

/** Repositories, tags and digests that were listed, so that they are found again without asking a registry. */
export class SeenPlaces {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param seen stamp of the listing they stand in: Unix milliseconds */
  repositories(accountId: string, names: readonly string[], seen: number): void {
    this.#database.transaction(() => {
      for (const name of names) this.#repository(accountId, name, seen);
    });
  }

  tags(
    accountId: string,
    repository: string,
    tags: readonly { name: string; digest?: string }[],
    seen: number,
  ): void {
    this.#database.transaction(() => {
      const id = this.#repository(accountId, repository, seen);
      for (const { name, digest } of tags) {
        this.#database.run(
          `INSERT INTO tags (repository_id, name, digest, seen) VALUES (?, ?, ?, ?)
           ON CONFLICT DO UPDATE SET digest = coalesce(excluded.digest, digest), seen = excluded.seen`,
          id,
          name,
          digest ?? null,
          seen,
        );
      }
    });
  }

  /** After a whole listing: what did not stand in it is gone. */
  endRepositories(accountId: string, seen: number): void {
    this.#database.run('DELETE FROM repositories WHERE account_id = ? AND seen < ?', accountId, seen);
  }

  endTags(accountId: string, repository: string, seen: number): void {
    this.#database.run(
      `DELETE FROM tags WHERE seen < ? AND repository_id =
         (SELECT id FROM repositories WHERE account_id = ? AND name = ?)`,
      seen,
      accountId,
      repository,
    );
  }

  removeTags(accountId: string, repository: string, tags: readonly string[]): void {
    this.#database.transaction(() => {
      for (const tag of tags) {
        this.#database.run(
          `DELETE FROM tags WHERE name = ? AND repository_id =
             (SELECT id FROM repositories WHERE account_id = ? AND name = ?)`,
          tag,
          accountId,
          repository,
        );
      }
    });
  }

  forget(accountId: string): void {
    this.#database.run('DELETE FROM repositories WHERE account_id = ?', accountId);
  }

  /** Repositories first, then tags, that contain every word (a digest counts from six of its digits on). */
  search(query: string, limit: number): SeenPlaceRow[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
    if (words.length === 0) return [];
    const repositories = this.#database.all(
      `SELECT account_id, name FROM repositories WHERE ${words.map(() => 'instr(lower(name), ?) > 0').join(' AND ')}
       ORDER BY length(name), name LIMIT ?`,
      ...words,
      limit,
    );
    const found: SeenPlaceRow[] = repositories.map((row) => ({
      accountId: text(row, 'account_id'),
      repository: text(row, 'name'),
    }));
    if (found.length >= limit) return found;
    const place = "lower(r.name || ':' || t.name)";
    const conditions = words.map((word) =>
      DIGEST_WORD.test(word)
        ? `(instr(${place}, ?) > 0 OR instr(coalesce(t.digest, ''), ?) > 0)`
        : `instr(${place}, ?) > 0`,
    );
    const values = words.flatMap((word) => (DIGEST_WORD.test(word) ? [word, word] : [word]));
    const tags = this.#database.all(
      `SELECT r.account_id, r.name, t.name AS tag, t.digest FROM tags t JOIN repositories r ON r.id = t.repository_id
       WHERE ${conditions.join(' AND ')} LIMIT ?`,
      ...values,
      limit - found.length,
    );
    for (const row of tags) {
      const digest = optionalText(row, 'digest');
      found.push({
        accountId: text(row, 'account_id'),
        repository: text(row, 'name'),
        tag: text(row, 'tag'),
        ...(digest === undefined ? {} : { digest }),
      });
    }
    return found;
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
}
