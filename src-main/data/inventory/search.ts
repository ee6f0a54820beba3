import type { FoundPlaces, SeenPlace } from '../../common/registry.ts';
import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row, text } from '../database/row.ts';
import { formerLeft } from './former-places.ts';
import { digestsOf, distanceOf, fitting, type Level, LIKELY, matchOf, wordsOf } from './search-text.ts';
import { type TagsWithin, tagsWithin } from './tags-within.ts';
import type { TextIndex } from './text-index.ts';

interface Candidate extends SeenPlace {
  /** Its own, and what is left to put it in order. */
  key: string;
  distance: number;
  seen: number;
}

/** Of what fits a level, so many that were listed last are put in order: more would take longer than a key does. */
const CANDIDATES = 400;
/** So many of those that are not in the index yet are looked through: some milliseconds. */
const ADDED = 1_000;

const REPOSITORIES = `SELECT account_id, name, seen FROM
  (SELECT rowid FROM repository_text WHERE repository_text MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES}) AS fitting
  JOIN repositories ON repositories.id = fitting.rowid`;
const TAGS = `SELECT account_id, repositories.name, tags.name AS tag, digest, tags.seen FROM
  (SELECT rowid FROM tag_text WHERE tag_text MATCH ? ORDER BY rowid DESC LIMIT ${CANDIDATES}) AS fitting
  JOIN tags ON tags.id = fitting.rowid JOIN repositories ON repositories.id = repository_id
  LEFT JOIN contents ON contents.id = manifest_id`;
const NAMED = 'SELECT 1 FROM tags WHERE name = ? COLLATE NOCASE LIMIT 1';
/** The last of those that are not in the index yet, of registries without an account as well. */
const NEW_REPOSITORIES = `SELECT account_id, name, seen FROM repositories WHERE id > ? ORDER BY id DESC LIMIT ${ADDED}`;
const NEW_TAGS = `SELECT account_id, repositories.name, tags.name AS tag, digest, tags.seen FROM tags
  JOIN repositories ON repositories.id = repository_id LEFT JOIN contents ON contents.id = manifest_id
  WHERE tags.id > ? ORDER BY tags.id DESC LIMIT ${ADDED}`;
const BY_DIGEST = `SELECT account_id, repositories.name, tags.name AS tag, digest, tags.seen FROM contents
  JOIN tags ON manifest_id = contents.id JOIN repositories ON repositories.id = repository_id
  WHERE digest >= ? AND digest < ? ORDER BY digest LIMIT ${CANDIDATES}`;

/**
 * Repositories first, then tags, that contain every word: whole names before beginnings, beginnings of segments before what is in the
 * middle, then what was listed last. A word of one or two characters counts where a segment begins; six digits and more also as the
 * beginning of a digest. What was listed just now is looked through before it is in the index: nothing is written, and nothing waits for
 * what others write.
 */
export function* search(
  database: Database,
  index: TextIndex,
  { text: query, limit, origins = false }: { text: string; limit: number; origins?: boolean },
): Generator<void, FoundPlaces, void> {
  const words = wordsOf(query);
  if (words.length === 0) return { places: [], waiting: 0 };
  // Before the index is asked: what enters it meanwhile is found in one of them.
  const repositories = database.all(NEW_REPOSITORIES, index.mark('repositories'));
  const tags = database.all(NEW_TAGS, index.mark('tags'));
  const left = (table: 'repositories' | 'tags', { length }: readonly Row[]) =>
    length < ADDED ? 0 : Math.max(0, index.waiting(table) - length);
  const waiting = left('repositories', repositories) + left('tags', tags) + formerLeft(database);
  const places = yield* nearest(database, REPOSITORIES, '//', words, limit, { added: repositories, origins });
  if (places.length < limit) {
    const byDigest = digestCandidates(database, words);
    if (byDigest.length > 0) yield;
    const within = tagsWithin(database, words);
    if (within) yield;
    const isNamed = () => words.some((word) => database.get(NAMED, word) !== undefined);
    const others = { meant: byDigest, within, added: tags, isNamed, origins };
    places.push(...(yield* nearest(database, TAGS, '::', words, limit - places.length, others)));
  }
  return { places: places.map(placeOf), waiting };
}

/**
 * Those that fit, each once, the nearest first. Where few do, one question finds them: each costs about the same, whatever it finds.
 *
 * @param others those that are `meant` in any case, those `within` repositories that a word names, what was `added` since the index was
 * filled, whether it fits or not, and whether a word is a whole name at all, where that can be known at once
 */
function* nearest(
  database: Database,
  question: string,
  before: '//' | '::',
  words: readonly string[],
  limit: number,
  others: {
    meant?: readonly Candidate[];
    within?: TagsWithin | undefined;
    added: readonly Row[];
    isNamed?: () => boolean;
    /** Those of registries without an account as well, which go by their origin: nothing in a window leads to them. */
    origins: boolean;
  },
): Generator<void, Candidate[], void> {
  const found = new Map<string, Candidate>();
  const find = (candidate: Candidate) => {
    if (!others.origins && candidate.accountId.includes('://')) return;
    if (!found.has(candidate.key)) found.set(candidate.key, candidate);
  };
  const fits = fitting(words);
  const findFitting = (row: Row) => {
    if (fits(text(row, 'name'), row.tag === undefined ? undefined : text(row, 'tag')))
      find(candidateOf(row, words));
  };
  const ask = (level: Level) => {
    const match = matchOf(words, level, before);
    return match === undefined ? [] : database.all(question, match);
  };
  others.meant?.forEach(find);
  others.within?.rows.forEach(findFitting);
  if (!others.within?.all && found.size < limit) {
    const all = ask('anywhere');
    yield;
    // Where these are not all, what is likely meant may be among the others.
    for (const level of all.length < CANDIDATES ? [] : LIKELY) {
      if (found.size >= limit) break;
      if (level === 'whole' && others.isNamed?.() === false) continue;
      for (const row of ask(level)) find(candidateOf(row, words));
      yield;
    }
    if (found.size < limit) for (const row of all) find(candidateOf(row, words));
  }
  others.added.forEach(findFitting);
  return [...found.values()].sort(nearestFirst).slice(0, limit);
}

/** Tags whose digest a word begins, and that contain the other words. */
function digestCandidates(database: Database, words: readonly string[]): Candidate[] {
  return words.flatMap((word) => {
    const others = words.filter((other) => other !== word);
    return digestsOf(word)
      .flatMap(({ from, to }) => database.all(BY_DIGEST, from, to))
      .map((row) => candidateOf(row, others))
      .filter(({ repository, tag }) => {
        const place = `${repository}:${tag}`.toLowerCase();
        return others.every((other) => place.includes(other));
      });
  });
}

function candidateOf(row: Row, words: readonly string[]): Candidate {
  const repository = text(row, 'name');
  const tag = row.tag === undefined ? undefined : text(row, 'tag');
  const digest = row.digest === undefined ? undefined : optionalText(row, 'digest');
  const accountId = text(row, 'account_id');
  return {
    accountId,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
    seen: integer(row, 'seen'),
    key: `${repository}:${tag ?? ''} ${accountId}`,
    distance: distanceOf(words, repository, tag),
  };
}

function nearestFirst(a: Candidate, b: Candidate): number {
  return a.distance - b.distance || b.seen - a.seen || lengthOf(a) - lengthOf(b) || (a.key < b.key ? -1 : 1);
}

function lengthOf({ repository, tag = '' }: Candidate): number {
  return repository.length + tag.length;
}

function placeOf({ key: _key, distance: _distance, seen: _seen, ...place }: Candidate): SeenPlace {
  return place;
}
