/** Some of the chains, which begin with the same. */
export interface SharedPrefix {
  /** Length of what they begin with: as long as can be. */
  length: number;
  /** Place of one of them, and how many there are. */
  chain: number;
  chains: number;
  /** What the marks of these chains are, each once. */
  marks: ReadonlySet<number>;
}

interface Open {
  length: number;
  first: number;
  marks: Set<number>;
}

/** Orders chains so that those that begin with the same are beside each other. */
export function compareChains(one: readonly number[], other: readonly number[]): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

/**
 * Every group of two chains and more that begin with the same and with which no other begins: the longer before the shorter ones that
 * they are within. What is yielded holds until the next is asked for.
 *
 * @param chains in the order of `compareChains`
 */
export function* sharedPrefixes(
  chains: readonly (readonly number[])[],
  marksOf: (chain: number) => Iterable<number>,
): Generator<SharedPrefix, void, void> {
  // Each within the one before it.
  const open: Open[] = [];
  for (const [position, chain] of chains.entries()) {
    const next = chains[position + 1];
    const shared = next ? sharedLength(chain, next) : 0;
    if (shared > (open.at(-1)?.length ?? 0)) open.push({ length: shared, first: position, marks: new Set() });
    const innermost = open.at(-1);
    if (innermost) for (const mark of marksOf(position)) innermost.marks.add(mark);
    for (let ended = open.at(-1); ended && ended.length > shared; ended = open.at(-1)) {
      open.pop();
      yield {
        length: ended.length,
        chain: ended.first,
        chains: position - ended.first + 1,
        marks: ended.marks,
      };
      const around = open.at(-1);
      if (around && around.length >= shared) around.marks = joined(around.marks, ended.marks);
      else if (shared > 0) open.push({ ...ended, length: shared });
    }
  }
}

/** The larger one takes in the smaller. */
function joined(one: Set<number>, other: Set<number>): Set<number> {
  const [large, small] = one.size < other.size ? [other, one] : [one, other];
  for (const mark of small) large.add(mark);
  return large;
}

function sharedLength(one: readonly number[], other: readonly number[]): number {
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length++;
  return length;
}
