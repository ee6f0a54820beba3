import { type Drift, type DriftedTag, PAIR_STATES, type PairState } from '../../common/comparison-matrix.ts';
import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { type MatrixSide, repositoryPairs } from './matrix-pairs.ts';
import { MatrixWalk, noneCounted, stateOf, type WalkedRow } from './matrix-walk.ts';

/** Rows deleted in one slice. */
const ROWS_AT_ONCE = 1_000;

/** What rows keep for a state. */
const LETTERS: Readonly<Record<PairState, string>> = {
  same: 's',
  different: 'd',
  onlyLeft: 'l',
  onlyRight: 'r',
  unknown: 'u',
};
const NEITHER = '-';
const STATES: ReadonlyMap<string, PairState> = new Map(PAIR_STATES.map((state) => [LETTERS[state], state]));

export interface LookKept {
  /** Of the saved comparison. */
  id: string;
  sides: readonly MatrixSide[];
  /** Unix milliseconds; later than the last one. */
  at: number;
}

/** What a look has found: tags of each pair by what they are, and how they have changed since the look before. */
export interface LookFound {
  pairs: Record<PairState, number>[];
  drift?: Drift;
}

export interface DriftAsked {
  id: string;
  offset: number;
  limit: number;
}

interface Looks {
  current: number;
  before: number | undefined;
}

const ROW = 'comparison_id = ? AND look = ? AND repository = ? AND tag = ?';

/** Tags that one look has otherwise, and those that it has no more: they are the same everywhere by then, or gone. */
const CHANGED = `
  SELECT own.repository AS repository, own.tag AS tag, coalesce(was.states, '') AS was, own.states AS now
  FROM matrix_states AS own LEFT JOIN matrix_states AS was ON was.comparison_id = ?1 AND was.look = ?2
    AND was.repository = own.repository AND was.tag = own.tag
  WHERE own.comparison_id = ?1 AND own.look = ?3 AND own.states IS NOT was.states
  UNION ALL
  SELECT was.repository, was.tag, was.states, '' FROM matrix_states AS was
  WHERE was.comparison_id = ?1 AND was.look = ?2 AND NOT EXISTS (SELECT 1 FROM matrix_states AS own
    WHERE own.comparison_id = ?1 AND own.look = ?3 AND own.repository = was.repository AND own.tag = was.tag)`;

/** Keeps how saved comparisons were, so that the next look says what has changed. */
export class MatrixDrift {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Keeps how the tags are, by what is known of them. */
  *keepLook({ id, sides, at }: LookKept): Generator<void, LookFound, void> {
    const what = JSON.stringify(sides.map(({ whole: _, ...side }) => side));
    const last = this.#looks(id, what);
    const pairs = sides.slice(1).map(noneCounted);
    const walk = new MatrixWalk(this.#database, yield* repositoryPairs(this.#database, sides));
    for (let rows = walk.next(); rows; rows = walk.next()) {
      const found = rows;
      this.#database.transaction(() => {
        for (const { row } of found) this.#keep(id, at, last?.current, row, pairs);
      });
      yield;
    }
    this.#database.run(
      `INSERT INTO matrix_looks (comparison_id, sides, current, before) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET sides = excluded.sides, current = excluded.current, before = excluded.before`,
      id,
      what,
      at,
      last?.current ?? null,
    );
    yield* this.#remove(id, [at, last?.current ?? at]);
    if (!last) return { pairs };
    const counted = this.#database.get(
      `SELECT count(*) AS changed, total(now = '') AS together FROM (${CHANGED})`,
      id,
      last.current,
      at,
    );
    const together = integer(counted ?? {}, 'together');
    return { pairs, drift: { apart: integer(counted ?? {}, 'changed') - together, together } };
  }

  /** What has changed between the last two looks. */
  drift({ id, offset, limit }: DriftAsked): { items: DriftedTag[]; total: number } {
    const looks = this.#looks(id);
    if (looks?.before === undefined) return { items: [], total: 0 };
    const asked = [id, looks.before, looks.current] as const;
    const counted = this.#database.get(`SELECT count(*) AS total FROM (${CHANGED})`, ...asked);
    const rows = this.#database.all(`${CHANGED} ORDER BY 1, 2 LIMIT ?4 OFFSET ?5`, ...asked, limit, offset);
    const total = integer(counted ?? {}, 'total');
    return {
      total,
      items: rows.map((row) => {
        const [was, now] = [text(row, 'was'), text(row, 'now')];
        const pairs = Math.max(was.length, now.length);
        const statesOf = (letters: string) =>
          [...(letters || LETTERS.same.repeat(pairs))].map((letter) => STATES.get(letter) ?? null);
        return {
          repository: text(row, 'repository'),
          tag: text(row, 'tag'),
          before: statesOf(was),
          now: statesOf(now),
        };
      }),
    };
  }

  /** Nothing is compared under this id any more. */
  *forgetLooks(id: string): Generator<void, void, void> {
    this.#database.run('DELETE FROM matrix_looks WHERE comparison_id = ?', id);
    yield* this.#remove(id, [-1, -1]);
  }

  #keep(
    id: string,
    at: number,
    last: number | undefined,
    row: WalkedRow,
    counts: readonly Record<PairState, number>[],
  ): void {
    const { tag } = row;
    const repository = row.pair.key;
    let letters = '';
    for (const [other, count] of counts.entries()) {
      const state = stateOf(row, other + 1);
      if (state !== null) count[state]++;
      letters += state === null ? NEITHER : LETTERS[state];
    }
    if (last !== undefined) letters = this.#settled(letters, [id, last, repository, tag]);
    if (!isEven(letters))
      this.#database.run(
        'INSERT OR REPLACE INTO matrix_states VALUES (?, ?, ?, ?, ?)',
        id,
        at,
        repository,
        tag,
        letters,
      );
  }

  /** What is not known now counts as it was, and what was not known counts as it is: neither has changed as far as is known. */
  #settled(letters: string, was: [string, number, string, string]): string {
    const row = this.#database.get(`SELECT states FROM matrix_states WHERE ${ROW}`, ...was);
    const before = row ? text(row, 'states') : LETTERS.same.repeat(letters.length);
    const merge = (one: string, other: string) =>
      [...one].map((letter, at) => (letter === LETTERS.unknown ? (other[at] ?? letter) : letter)).join('');
    const known = merge(before, letters);
    if (known !== before) {
      if (isEven(known)) this.#database.run(`DELETE FROM matrix_states WHERE ${ROW}`, ...was);
      else this.#database.run(`UPDATE matrix_states SET states = ? WHERE ${ROW}`, known, ...was);
    }
    return merge(letters, before);
  }

  #looks(id: string, what?: string): Looks | undefined {
    const row = this.#database.get(
      'SELECT sides, current, before FROM matrix_looks WHERE comparison_id = ?',
      id,
    );
    if (!row || (what !== undefined && text(row, 'sides') !== what)) return undefined;
    return {
      current: integer(row, 'current'),
      before: row.before === null ? undefined : integer(row, 'before'),
    };
  }

  /** All looks but these. */
  *#remove(id: string, but: readonly [number, number]): Generator<void, void, void> {
    while (
      this.#database.run(
        `DELETE FROM matrix_states WHERE (comparison_id, look, repository, tag) IN (
           SELECT comparison_id, look, repository, tag FROM matrix_states
           WHERE comparison_id = ? AND look NOT IN (?, ?) LIMIT ?)`,
        id,
        ...but,
        ROWS_AT_ONCE,
      ) === ROWS_AT_ONCE
    )
      yield;
  }
}

/** The same at all sides. */
function isEven(letters: string): boolean {
  return [...letters].every((letter) => letter === LETTERS.same);
}
