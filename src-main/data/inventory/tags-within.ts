import type { Database } from '../database/database.ts';
import { integer, type Row } from '../database/row.ts';
import { matchOf } from './search-text.ts';

/** Of more repositories, or tags in them, the index is asked: it would be quicker. */
const REPOSITORIES = 400;
const TAGS = 5_000;
/** So many that may fit are looked at, as of those that the index finds. */
const FITTING = 400;

const NAMED = `SELECT rowid FROM repository_text WHERE repository_text MATCH ? LIMIT ${REPOSITORIES}`;
const COUNTED = `SELECT count(*) AS count FROM
  (SELECT 1 FROM json_each(?) AS named JOIN tags ON repository_id = named.value LIMIT ${TAGS})`;
/** Tags that begin with the word first, as they all fit it. */
const WITHIN = `SELECT account_id, repositories.name, tags.name AS tag, digest, tags.seen FROM
  (SELECT tags.id FROM json_each(?1) AS named
   JOIN repositories ON repositories.id = named.value JOIN tags ON repository_id = repositories.id
   WHERE instr(lower('/' || repositories.name || ':' || tags.name || '/'), ?2)
   ORDER BY instr(lower(tags.name), ?2) = 1 DESC, tags.id DESC LIMIT ${FITTING}) AS fitting
  JOIN tags ON tags.id = fitting.id JOIN repositories ON repositories.id = repository_id
  LEFT JOIN contents ON contents.id = manifest_id`;

/** Something after a slash: no tag has one, and what follows the last one in the text of a place is nothing. */
const OF_REPOSITORY = /^[^:]*\/[^/:][^:]*$/;
/** A separator alone says nothing. */
const SAYS_SOMETHING = /[^/:._-]/;

export interface TagsWithin {
  /** They have the repository's word and the longest of the others in them. */
  rows: readonly Row[];
  /** No others fit the words. */
  all: boolean;
}

/**
 * Tags that may fit the words, where a word has a slash and so is of few repositories: in their tags the other words are found in a fifth
 * of the time that the index takes to find all in one place (M). Undefined where it is to be asked.
 */
export function tagsWithin(database: Database, words: readonly string[]): TagsWithin | undefined {
  const ofRepository = words.filter((word) => OF_REPOSITORY.test(word));
  const match = ofRepository.length === 0 ? undefined : matchOf(ofRepository, 'anywhere', '//');
  if (match === undefined) return undefined;
  const named = database.all(NAMED, match);
  if (named.length === REPOSITORIES) return undefined;
  const ids = JSON.stringify(named.map((row) => integer(row, 'rowid')));
  if (integer(database.get(COUNTED, ids) ?? {}, 'count') === TAGS) return undefined;
  const others = words.filter((word) => !ofRepository.includes(word) && SAYS_SOMETHING.test(word));
  const longest = others.reduce((found, word) => (word.length > found.length ? word : found), '');
  const rows = database.all(WITHIN, ids, longest);
  return { rows, all: rows.length < FITTING };
}
