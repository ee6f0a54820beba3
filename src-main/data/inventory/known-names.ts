import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';

/** Names of the first page, which is waited for, and of the others. */
const FIRST_NAMES = 200;
const NAMES_AT_ONCE = 1_000;

const pageAfter = (after: string) => (after === '' ? FIRST_NAMES : NAMES_AT_ONCE);

/** Names that were listed, in their order. */
export interface KnownNames {
  names: string[];
  /** Unix milliseconds of the listing that saw them, the oldest of all. */
  seen: number;
}

export interface RepositoriesAsked {
  registry: string;
  /** The last name of the page before. */
  after?: string;
}

export interface TagNamesAsked extends RepositoriesAsked {
  repository: string;
}

/** A page of the repositories that were listed. */
export function knownRepositories(
  database: Database,
  { registry, after = '' }: RepositoriesAsked,
): KnownNames {
  return namesOf(
    database.all(
      'SELECT name, seen FROM repositories WHERE account_id = ? AND name > ? ORDER BY name LIMIT ?',
      registry,
      after,
      pageAfter(after),
    ),
  );
}

/** The mark of when all repositories of a registry were listed. */
export function listedMark(registry: string): string {
  return `listed ${registry}`;
}

/** How many repositories a registry has, and when it listed all of them; undefined where it never did. */
export function countedRepositories(
  database: Database,
  registry: string,
): { count: number; seen: number } | undefined {
  const mark = database.get('SELECT value FROM marks WHERE name = ?', listedMark(registry));
  const counted = database.get('SELECT count(*) AS count FROM repositories WHERE account_id = ?', registry);
  return mark && counted ? { count: integer(counted, 'count'), seen: integer(mark, 'value') } : undefined;
}

/** A page of the tags that were listed. */
export function knownTags(
  database: Database,
  { registry, repository, after = '' }: TagNamesAsked,
): KnownNames {
  return namesOf(
    database.all(
      `SELECT tags.name AS name, tags.seen AS seen FROM repositories JOIN tags ON repository_id = repositories.id
       WHERE account_id = ? AND repositories.name = ? AND tags.name > ? ORDER BY tags.name LIMIT ?`,
      registry,
      repository,
      after,
      pageAfter(after),
    ),
  );
}

function namesOf(rows: readonly Row[]): KnownNames {
  return {
    names: rows.map((row) => text(row, 'name')),
    seen: Math.min(...rows.map((row) => integer(row, 'seen'))),
  };
}
