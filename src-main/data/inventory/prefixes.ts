import type { Chains } from './chains.ts';

/** Some of the chains, which begin with the same. */
export interface SharedPrefix {
  /** Length of what they begin with: as long as can be. */
  length: number;
  /** Place of one of them, and how many there are. */
  chain: number;
  chains: number;
  /** Marks of these chains, each counted once with its weight, and owners of these marks. */
  weight: number;
  owners: number;
}

/** What a chain has, maybe in common with others: each once for a chain. */
export interface Mark {
  mark: number;
  owner: number;
  weight: number;
}

/** Numbers from 0 up to these are marks and owners. */
interface Counts {
  marks: number;
  owners: number;
}

interface Open {
  length: number;
  first: number;
  weight: number;
  owners: number;
}

/**
 * Every group of two chains and more that begin with the same and with which no other begins: the longer before the shorter ones that
 * they are within. What several chains have is counted at each, and taken off again in the smallest group that two neighbours of these are
 * in: so nothing is held but where each mark and each owner was seen last, however many there are.
 *
 * @param chains in their order
 */
export function* sharedPrefixes(
  chains: Chains,
  counts: Counts,
  marksOf: (chain: number) => Iterable<Mark>,
): Generator<SharedPrefix, void, void> {
  // Each within the one before it.
  const open: Open[] = [];
  const marks = new Int32Array(counts.marks).fill(-1);
  const owners = new Int32Array(counts.owners).fill(-1);
  for (let position = 0; position < chains.length; position++) {
    const shared = chains.sharedLength(position, position + 1);
    if (shared > (open.at(-1)?.length ?? 0))
      open.push({ length: shared, first: position, weight: 0, owners: 0 });
    for (const { mark, owner, weight } of marksOf(position)) {
      count(open, marks, mark, position, (group, sign) => {
        group.weight += sign * weight;
      });
      count(open, owners, owner, position, (group, sign) => {
        group.owners += sign;
      });
    }
    for (let ended = open.at(-1); ended && ended.length > shared; ended = open.at(-1)) {
      open.pop();
      const { length, first, weight, owners: its } = ended;
      yield { length, chain: first, chains: position - first + 1, weight, owners: its };
      const around = open.at(-1);
      if (around && around.length >= shared) {
        around.weight += weight;
        around.owners += its;
      } else if (shared > 0) open.push({ ...ended, length: shared });
    }
  }
}

/** @param seen where each was seen last */
function count(
  open: readonly Open[],
  seen: Int32Array,
  what: number,
  position: number,
  add: (group: Open, sign: 1 | -1) => void,
): void {
  const before = seen[what] ?? -1;
  if (before === position) return;
  seen[what] = position;
  const innermost = open.at(-1);
  if (!innermost) return;
  add(innermost, 1);
  const both = before < 0 ? undefined : open.findLast(({ first }) => first <= before);
  if (both) add(both, -1);
}
