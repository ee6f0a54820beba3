import { setImmediate as turn } from 'node:timers/promises';
import type { Parts } from '../../engine/index.ts';
import type { Look, Seen } from './look.ts';

/** Lines gone through before others get a turn on the event loop. */
const AT_ONCE = 2_000;

/** What comes back, each with the level of the order: all that it needs is on a lower one. */
export interface Ordered extends Seen {
  level: number;
}

/** Children before the indexes that list them, subjects before what is attached to them; else in the order of the operation. */
export async function inOrder({ seen, trashed }: Pick<Look, 'seen' | 'trashed'>): Promise<Ordered[]> {
  const byLevel: Ordered[][] = [];
  for (const [repository, own] of Map.groupBy(seen, ({ change }) => change.repository)) {
    const coming = new Set(own.flatMap(({ change }) => change.before ?? []));
    const levels = new Levels(coming, trashed.get(repository) ?? new Map());
    for (const [position, line] of own.entries()) {
      if (position % AT_ONCE === 0) await turn();
      const { before } = line.change;
      const level = before === null ? 0 : levels.of(before);
      byLevel[level] ??= [];
      byLevel[level].push({ ...line, level });
    }
  }
  return byLevel.flat();
}

class Levels {
  readonly #coming: ReadonlySet<string>;
  readonly #parts: ReadonlyMap<string, Parts>;
  readonly #known = new Map<string, number>();

  constructor(coming: ReadonlySet<string>, parts: ReadonlyMap<string, Parts>) {
    this.#coming = coming;
    this.#parts = parts;
  }

  /** Content is addressed by its hash, so that there can be no loop. */
  of(digest: string): number {
    const known = this.#known.get(digest);
    if (known !== undefined) return known;
    const { children = [], subject } = this.#parts.get(digest) ?? {};
    const needs = [...children, ...(subject === undefined ? [] : [subject])];
    const level = needs
      .filter((one) => this.#coming.has(one))
      .reduce((most, one) => Math.max(most, this.of(one) + 1), 0);
    this.#known.set(digest, level);
    return level;
  }
}
