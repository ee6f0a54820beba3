import { PAIR_STATES, type PairState } from '../../common/comparison-matrix.ts';
import type { Database } from '../database/database.ts';
import { integer, type Row, text } from '../database/row.ts';
import type { PairedRepository, RepositoryPair } from './matrix-pairs.ts';

/** Tags of all sides read in one slice. */
const TAGS_AT_ONCE = 1_000;
/** Repositories looked into in one slice, most of them with few tags. */
const REPOSITORIES_AT_ONCE = 100;

/** A tag at one side, as far as it is known there. */
export interface WalkedCell {
  repository: PairedRepository;
  /** Id of the manifest; absent where it is not known, or could not be confirmed when the repository was looked through. */
  manifest?: number;
  /** Unix milliseconds. */
  looked?: number;
}

/** A tag at all sides; null: it is not there. */
export interface WalkedRow {
  pair: RepositoryPair;
  tag: string;
  cells: (WalkedCell | null | 'unseen')[];
}

/** Behind which row a walk goes on. */
export interface WalkedTo {
  /** Position of the repository. */
  pair: number;
  tag: string;
}

/** The tags of all sides side by side: sorted lists that are merged, a part in each slice. */
export class MatrixWalk {
  readonly #database: Database;
  readonly #pairs: readonly RepositoryPair[];
  #at: WalkedTo;

  constructor(database: Database, pairs: readonly RepositoryPair[], from: WalkedTo = { pair: 0, tag: '' }) {
    this.#database = database;
    this.#pairs = pairs;
    this.#at = from;
  }

  /** The next rows, each with where a walk goes on behind it; undefined at the end. */
  next(): { row: WalkedRow; to: WalkedTo }[] | undefined {
    if (this.#at.pair >= this.#pairs.length) return undefined;
    const found: { row: WalkedRow; to: WalkedTo }[] = [];
    for (let looked = 0; looked < REPOSITORIES_AT_ONCE && found.length < TAGS_AT_ONCE / 2; looked++) {
      const pair = this.#pairs[this.#at.pair];
      if (!pair) break;
      const { rows, whole } = this.#some(pair, this.#at.tag);
      for (const row of rows) found.push({ row, to: { pair: this.#at.pair, tag: row.tag } });
      const last = rows.at(-1);
      this.#at =
        whole || !last ? { pair: this.#at.pair + 1, tag: '' } : { pair: this.#at.pair, tag: last.tag };
    }
    return found;
  }

  #some(pair: RepositoryPair, after: string): { rows: WalkedRow[]; whole: boolean } {
    const known = pair.sides.flatMap((side, at) =>
      side !== null && side !== 'unseen' && side.id !== undefined ? [{ at, side, id: side.id }] : [],
    );
    if (known.length === 0) return { rows: [], whole: true };
    const list = known.map(
      ({ at }) =>
        `SELECT name, ${at} AS side, manifest_id, looked FROM tags WHERE repository_id = ? AND name > ?`,
    );
    const values = known.flatMap(({ id }) => [id, after]);
    const tags = this.#database.all(
      `${list.join(' UNION ALL ')} ORDER BY name LIMIT ?`,
      ...values,
      TAGS_AT_ONCE,
    );
    const whole = tags.length < TAGS_AT_ONCE;
    const rows: WalkedRow[] = [];
    for (const row of tags) {
      const tag = text(row, 'name');
      let last = rows.at(-1);
      if (last?.tag !== tag) {
        last = { pair, tag, cells: pair.sides.map(absentAt) };
        rows.push(last);
      }
      const at = integer(row, 'side');
      const repository = pair.sides[at];
      if (repository && repository !== 'unseen') last.cells[at] = cellOf(row, repository);
    }
    // More sides may have the last one.
    if (!whole) rows.pop();
    return { rows, whole };
  }
}

/** What it means that a side has no such tag. */
function absentAt(side: PairedRepository | null | 'unseen'): null | 'unseen' {
  if (side === null || side === 'unseen') return side;
  return side.scanned === undefined ? 'unseen' : null;
}

/** A digest that was looked at before the last whole look was not confirmed by that: asking for it failed. */
function cellOf(row: Row, repository: PairedRepository): WalkedCell {
  if (row.manifest_id === null || row.looked === null) return { repository };
  const looked = integer(row, 'looked');
  if (looked < (repository.scanned ?? 0)) return { repository };
  return { repository, manifest: integer(row, 'manifest_id'), looked };
}

/** Tags by what they are, before any is counted. */
export function noneCounted(): Record<PairState, number> {
  return Object.fromEntries(PAIR_STATES.map((state) => [state, 0])) as Record<PairState, number>;
}

/** What a tag is at the first side and another one; null: it is at neither. */
export function stateOf({ cells }: WalkedRow, other: number): PairState | null {
  const [left = null] = cells;
  const right = cells[other] ?? null;
  if (left === 'unseen' || right === 'unseen') return 'unknown';
  if (left === null) return right === null ? null : 'onlyRight';
  if (right === null) return 'onlyLeft';
  if (left.manifest === undefined || right.manifest === undefined) return 'unknown';
  return left.manifest === right.manifest ? 'same' : 'different';
}
