import { namesAt, namesFrom } from '../../common/side-names.ts';
import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';

/** Repositories read, and named, in one slice. */
const NAMES_AT_ONCE = 2_000;

/** A side of a comparison: a registry, a namespace of it or one repository. */
export interface MatrixSide {
  registry: string;
  namespace?: string;
  repository?: string;
  /** Template of what repositories of the first side are called here. */
  rename: string;
  /** All of its repositories were listed: one that is not among them is not there. */
  whole: boolean;
}

/** A repository at one side. */
export interface PairedRepository {
  name: string;
  /** Undefined where the inventory does not know it. */
  id?: number;
  /** Unix milliseconds of the last whole look at it. */
  scanned?: number;
}

/** The same repository at all sides, by its name at the first one. */
export interface RepositoryPair {
  key: string;
  /** One for each side; null where it is not there. */
  sides: (PairedRepository | null | 'unseen')[];
  /** What the first side may call it is not known: its name is that of the side that has it. */
  unnamed?: true;
}

/** What is to be compared with what, in the order of the first side's names. */
export function* repositoryPairs(
  database: Database,
  sides: readonly MatrixSide[],
): Generator<void, RepositoryPair[], void> {
  const pairs = new Map<string, RepositoryPair>();
  const pairOf = (key: string) => {
    const known = pairs.get(key);
    if (known) return known;
    const pair: RepositoryPair = { key, sides: sides.map(({ whole }) => (whole ? null : 'unseen')) };
    pairs.set(key, pair);
    return pair;
  };
  const [first] = sides;
  if (!first) return [];
  if (first.repository !== undefined) {
    const pair = pairOf(first.repository);
    for (const [at, side] of sides.entries()) {
      const row = database.get(
        'SELECT id, name, scanned FROM repositories WHERE account_id = ? AND name = ?',
        side.registry,
        side.repository ?? '',
      );
      if (row) pair.sides[at] = pairedOf(row);
    }
    return [pair];
  }
  for (const [at, side] of sides.entries()) {
    const own = yield* repositoriesOf(database, side);
    if (at === 0) {
      for (const repository of own) pairOf(repository.name).sides[0] = repository;
      continue;
    }
    const nameHere = namesAt(side, first);
    const byName = new Map(own.map((repository) => [repository.name, repository]));
    const taken = new Set<string>();
    let named = 0;
    for (const [key, pair] of pairs) {
      if (++named % NAMES_AT_ONCE === 0) yield;
      const here = nameHere(key);
      const repository = byName.get(here);
      if (!repository) continue;
      pair.sides[at] = repository;
      taken.add(here);
    }
    // What only this side has: by the name that it would have at the first side.
    const before = namesFrom(side, first);
    for (const repository of own) {
      if (++named % NAMES_AT_ONCE === 0) yield;
      if (taken.has(repository.name)) continue;
      const key = before(repository.name);
      if (key === null) continue;
      const pair = pairOf(key || repository.name);
      pair.sides[at] = repository;
      if (key === '' && !pair.sides[0]) pair.unnamed = true;
    }
  }
  for (const [at, side] of sides.entries()) {
    if (side.whole) continue;
    const absent = yield* absentOf(database, side);
    const nameHere = nameAt(sides, at);
    let named = 0;
    for (const pair of absent.size === 0 ? [] : pairs.values()) {
      if (++named % NAMES_AT_ONCE === 0) yield;
      if (pair.sides[at] === 'unseen' && absent.has(nameHere(pair) ?? '')) pair.sides[at] = null;
    }
  }
  yield;
  return [...pairs.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** What a side calls it; undefined where that is not known. */
export function nameAt(
  sides: readonly MatrixSide[],
  at: number,
): (pair: RepositoryPair) => string | undefined {
  const [first, side] = [sides[0], sides[at]];
  const nameHere = at > 0 && first && side ? namesAt(side, first) : (name: string) => name;
  return ({ key, unnamed }) => (unnamed ? undefined : nameHere(key));
}

/** What it was asked for by name and does not have. */
function* absentOf(database: Database, side: MatrixSide): Generator<void, Set<string>, void> {
  const rows = yield* namedRows(database, side, 'name FROM asked_repositories WHERE absent = 1 AND');
  return new Set(rows.map((row) => text(row, 'name')));
}

function* repositoriesOf(database: Database, side: MatrixSide): Generator<void, PairedRepository[], void> {
  const rows = yield* namedRows(database, side, 'id, name, scanned FROM repositories WHERE');
  return rows.map(pairedOf);
}

/** Rows of a side in the order of their names, a slice at a time. @param what is selected, as far as the conditions of the side */
function* namedRows(
  database: Database,
  { registry, namespace }: MatrixSide,
  what: string,
): Generator<void, Row[], void> {
  const found: Row[] = [];
  let [after, end] = rangeOf(namespace);
  for (;;) {
    const rows = database.all(
      `SELECT ${what} account_id = ? AND name > ? AND name < ? ORDER BY name LIMIT ?`,
      registry,
      after,
      end,
      NAMES_AT_ONCE,
    );
    found.push(...rows);
    const last = rows.at(-1);
    if (!last || rows.length < NAMES_AT_ONCE) return found;
    after = text(last, 'name');
    yield;
  }
}

/** Between which names all of a namespace, or of a registry, are: what follows a slash is the next character. */
const rangeOf = (namespace: string | undefined): [string, string] =>
  namespace === undefined ? ['', '\u{10ffff}'] : [`${namespace}/`, `${namespace}0`];

function pairedOf(row: Row): PairedRepository {
  return {
    name: text(row, 'name'),
    id: integer(row, 'id'),
    ...(row.scanned === null ? {} : { scanned: integer(row, 'scanned') }),
  };
}
