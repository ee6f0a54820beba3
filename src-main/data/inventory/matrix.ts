import type {
  MatrixBytes,
  MatrixCounts,
  MatrixFilter,
  MatrixRow,
  MatrixRows,
  PairState,
} from '../../common/comparison-matrix.ts';
import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { newerOf, rowOf } from './matrix-details.ts';
import { type MatrixSide, type RepositoryPair, repositoryPairs } from './matrix-pairs.ts';
import { MatrixWalk, noneCounted, stateOf, type WalkedRow, type WalkedTo } from './matrix-walk.ts';

/** Rows of a list between two of which it is noted where they are: a page far down is found from there. */
const MARK_EVERY = 1_000;
/** Lists whose marks are kept. */
const LISTS = 20;

export interface MatrixAsked {
  sides: readonly MatrixSide[];
}

export interface MatrixRowsAsked extends MatrixAsked {
  filter: MatrixFilter;
  offset: number;
  limit: number;
}

/** A manifest of a side, by the position of that. */
export interface UnreadManifest {
  side: number;
  repository: string;
  digest: string;
}

const UNREAD = `
  SELECT digest FROM contents LEFT JOIN manifests ON manifests.id = contents.id
  WHERE contents.id = ? AND (manifests.read IS NULL OR manifests.read = 0)`;

/** Where something of one state of the file was found. */
interface Found {
  version: number;
  pairs?: RepositoryPair[];
  /** Behind which row the list goes on from a position. */
  marks: Map<number, WalkedTo>;
}

/** Comparisons of registries and repositories by what is known of them. */
export class Matrix {
  readonly #database: Database;
  readonly #found = new Map<string, Found>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** A part of the rows, in the order of the first side's repositories and the tags in them. */
  *rows({ sides, filter, offset, limit }: MatrixRowsAsked): Generator<void, MatrixRows, void> {
    const pairs = yield* this.#pairs(sides);
    const { marks } = this.#foundOf(JSON.stringify({ sides, filter }));
    const isMeant = meant(this.#database, filter);
    let position = Math.max(0, ...[...marks.keys()].filter((mark) => mark <= offset));
    const walk = new MatrixWalk(this.#database, pairs, marks.get(position));
    const items: MatrixRow[] = [];
    for (let rows = walk.next(); rows; rows = walk.next()) {
      for (const { row, to } of rows) {
        if (!isMeant(row)) continue;
        if (position >= offset) items.push(rowOf(this.#database, row));
        position++;
        if (position % MARK_EVERY === 0) marks.set(position, to);
        if (items.length === limit) return { items, total: position };
      }
      yield;
    }
    return { items, total: position };
  }

  /** Tags by what they are, and what is known of each side. */
  *counts({ sides, text }: MatrixAsked & { text: string }): Generator<void, MatrixCounts, void> {
    const pairs = yield* this.#pairs(sides);
    const others = sides.slice(1).map((_, at) => at + 1);
    const counted = others.map(() => ({
      tags: noneCounted(),
      newer: { left: 0, right: 0, unknown: 0 },
    }));
    const isMeant = meant(this.#database, { other: 1, states: [], text });
    const walk = new MatrixWalk(this.#database, pairs);
    let total = 0;
    for (let rows = walk.next(); rows; rows = walk.next()) {
      for (const { row } of rows) {
        if (!isMeant(row)) continue;
        total++;
        for (const [at, count] of counted.entries()) {
          const state = stateOf(row, at + 1);
          if (state !== null) count.tags[state]++;
          if (state === 'different') count.newer[newerOf(this.#database, row, at + 1)]++;
        }
      }
      yield;
    }
    return { rows: total, sides: sides.map((side, at) => this.#sideOf(side, at, pairs)), pairs: counted };
  }

  /** What rows hold at the first side that the registry of the other one does not. */
  *bytes({ sides, filter }: MatrixAsked & { filter: MatrixFilter }): Generator<void, MatrixBytes, void> {
    const pairs = yield* this.#pairs(sides);
    const isMeant = meant(this.#database, filter);
    const walk = new MatrixWalk(this.#database, pairs);
    const missing = new Missing(this.#database, sides[filter.other]?.registry ?? '');
    for (let rows = walk.next(); rows; rows = walk.next()) {
      let looked = 0;
      for (const { row } of rows) {
        const [cell] = row.cells;
        if (!cell || cell === 'unseen' || !isMeant(row)) continue;
        if (cell.manifest === undefined) missing.unread++;
        else missing.add(cell.manifest);
        if (++looked % 20 === 0) yield;
      }
      yield;
    }
    const { bytes, manifests, unread } = missing;
    return { bytes, manifests, unread };
  }

  /** Manifests of both sides' rows of which no facts are known, each once; the first ones are listed. */
  *unread({
    sides,
    filter,
    limit,
  }: MatrixAsked & { filter: MatrixFilter; limit: number }): Generator<
    void,
    { items: UnreadManifest[]; total: number },
    void
  > {
    const pairs = yield* this.#pairs(sides);
    const isMeant = meant(this.#database, filter);
    const walk = new MatrixWalk(this.#database, pairs);
    const seen = new Set<number>();
    const items: UnreadManifest[] = [];
    let total = 0;
    for (let rows = walk.next(); rows; rows = walk.next()) {
      for (const { row } of rows) {
        if (!isMeant(row)) continue;
        for (const side of [0, filter.other]) {
          const cell = row.cells[side];
          if (!cell || cell === 'unseen' || cell.manifest === undefined || seen.has(cell.manifest)) continue;
          seen.add(cell.manifest);
          const unread = this.#database.get(UNREAD, cell.manifest);
          if (!unread) continue;
          total++;
          if (items.length < limit)
            items.push({ side, repository: cell.repository.name, digest: text(unread, 'digest') });
        }
      }
      yield;
    }
    return { items, total };
  }

  /** What is compared with what, worked out once for each state of the file. */
  *#pairs(sides: readonly MatrixSide[]): Generator<void, RepositoryPair[], void> {
    const found = this.#foundOf(JSON.stringify(sides));
    found.pairs ??= yield* repositoryPairs(this.#database, sides);
    return found.pairs;
  }

  #foundOf(key: string): Found {
    const version = integer(this.#database.get('PRAGMA data_version') ?? {}, 'data_version');
    const known = this.#found.get(key);
    if (known?.version === version) return known;
    const found: Found = { version, marks: new Map() };
    this.#found.delete(key);
    this.#found.set(key, found);
    const [oldest] = this.#found.keys();
    if (this.#found.size > LISTS && oldest !== undefined) this.#found.delete(oldest);
    return found;
  }

  #sideOf(
    { whole }: MatrixSide,
    at: number,
    pairs: readonly RepositoryPair[],
  ): MatrixCounts['sides'][number] {
    let [repositories, unlisted] = [0, 0];
    let asOf = Number.POSITIVE_INFINITY;
    for (const { sides } of pairs) {
      const side = sides[at];
      if (!side || side === 'unseen') continue;
      repositories++;
      if (side.scanned === undefined) unlisted++;
      else asOf = Math.min(asOf, side.scanned);
    }
    return {
      repositories,
      unlisted,
      ...(Number.isFinite(asOf) ? { asOf: new Date(asOf).toISOString() } : {}),
      whole,
    };
  }
}

/** Whether a row is asked for. */
function meant(database: Database, filter: MatrixFilter): (row: WalkedRow) => boolean {
  const { other, states, newer } = filter;
  const text = filter.text.toLowerCase();
  const wanted = new Set<PairState | null>(states);
  return (row) => {
    if (text !== '' && !`${row.pair.key}:${row.tag}`.toLowerCase().includes(text)) return false;
    if (wanted.size === 0 && newer === undefined) return true;
    const state = stateOf(row, other);
    if (wanted.size > 0 && !wanted.has(state)) return false;
    if (newer === undefined) return true;
    return state === 'different' && newerOf(database, row, other) === newer;
  };
}

/** Contents that a registry does not hold, each once. */
class Missing {
  bytes = 0;
  manifests = 0;
  unread = 0;
  readonly #database: Database;
  readonly #root: number;
  readonly #seen = new Set<number>();

  constructor(database: Database, registry: string) {
    this.#database = database;
    const root = database.get(`SELECT id FROM namespaces WHERE account_id = ? AND name = ''`, registry);
    this.#root = root ? integer(root, 'id') : 0;
  }

  add(manifest: number): void {
    if (this.#isKnown(manifest)) return;
    this.manifests++;
    this.#count(manifest);
    const facts = this.#database.get('SELECT read FROM manifests WHERE id = ?', manifest);
    if (!facts || facts.read === 0) {
      this.unread++;
      return;
    }
    for (const row of this.#database.all(
      'SELECT DISTINCT blob_id AS id FROM manifest_blobs WHERE manifest_id = ?',
      manifest,
    )) {
      const blob = integer(row, 'id');
      if (!this.#isKnown(blob)) this.#count(blob);
    }
    for (const row of this.#database.all(
      'SELECT DISTINCT child_id AS id FROM manifest_children WHERE manifest_id = ?',
      manifest,
    ))
      this.add(integer(row, 'id'));
  }

  /** Counted already, or there. */
  #isKnown(content: number): boolean {
    if (this.#seen.has(content)) return true;
    this.#seen.add(content);
    return (
      this.#database.get(
        'SELECT 1 FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
        this.#root,
        content,
      ) !== undefined
    );
  }

  #count(content: number): void {
    this.bytes += integer(
      this.#database.get('SELECT size FROM contents WHERE id = ?', content) ?? {},
      'size',
    );
  }
}
