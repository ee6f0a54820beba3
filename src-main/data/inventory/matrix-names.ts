import type { Database } from '../database/database.ts';
import { type MatrixSide, nameAt, repositoryPairs } from './matrix-pairs.ts';

/** Pairs looked at in one slice. */
const PAIRS_AT_ONCE = 1_000;

export interface NamesAsked {
  sides: readonly MatrixSide[];
  /** Position of the side. */
  side: number;
  /** Unix milliseconds: what was looked at since is not asked again. */
  since: number;
}

/**
 * Names that a side which gives no list may be asked for: of what is known there, and of what the other sides have.
 *
 * @returns sorted
 */
export function* matrixNames(
  database: Database,
  { sides, side: at, since }: NamesAsked,
): Generator<void, string[], void> {
  const registry = sides[at]?.registry ?? '';
  const names: string[] = [];
  const nameHere = nameAt(sides, at);
  for (const [position, pair] of (yield* repositoryPairs(database, sides)).entries()) {
    if (position % PAIRS_AT_ONCE === 0) yield;
    const here = pair.sides[at];
    const known = here !== null && here !== 'unseen' ? here : undefined;
    if (known && (known.scanned ?? 0) >= since) continue;
    const name = known?.name ?? nameHere(pair);
    if (name !== undefined && !isAskedSince(database, registry, name, since)) names.push(name);
  }
  return [...new Set(names)].sort();
}

function isAskedSince(database: Database, registry: string, name: string, since: number): boolean {
  const asked = database.get(
    'SELECT 1 FROM asked_repositories WHERE account_id = ? AND name = ? AND asked >= ?',
    registry,
    name,
    since,
  );
  return asked !== undefined;
}
