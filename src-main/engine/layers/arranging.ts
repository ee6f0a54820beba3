import type { Turns } from '../turns.ts';
import type { Growing } from './growing.ts';
import { sortInSlices } from './slices.ts';
import { SUM } from './tree.ts';

/** Bytes of a sum that are moved at once. */
const WORD = 4;

/** Of each node where its text begins and ends in that of all. */
interface Texts {
  start: Growing<Uint32Array>;
  end: Growing<Uint32Array>;
  text: Growing<Uint8Array>;
}

/** Nodes level by level, those of one parent together and by name. */
export async function orderOf(
  parents: Uint32Array,
  { start, end, text }: Texts,
  turns: Turns,
): Promise<Uint32Array> {
  const nodes = start.length;
  const starts = new Uint32Array(nodes + 1);
  for (let node = 1; node < nodes; node++) {
    const after = (parents[node] ?? 0) + 1;
    starts[after] = (starts[after] ?? 0) + 1;
    if (turns.due) await turns.pass();
  }
  for (let node = 0; node < nodes; node++) {
    starts[node + 1] = (starts[node + 1] ?? 0) + (starts[node] ?? 0);
    if (turns.due) await turns.pass();
  }
  const next = starts.slice();
  const children = new Uint32Array(Math.max(0, nodes - 1));
  for (let node = 1; node < nodes; node++) {
    const parent = parents[node] ?? 0;
    children[next[parent] ?? 0] = node;
    next[parent] = (next[parent] ?? 0) + 1;
    if (turns.due) await turns.pass();
  }
  const names = Buffer.from(text.array.buffer);
  const [starting, ending] = [start.array, end.array];
  const compare = (one: number, other: number): number =>
    names.compare(names, starting[other], ending[other], starting[one], ending[one]);
  const order = new Uint32Array(nodes);
  let filled = 1;
  for (let at = 0; at < filled; at++) {
    const node = order[at] ?? 0;
    const own = children.subarray(starts[node], starts[node + 1]);
    if (own.length > 0) {
      order.set(own.length === 1 ? own : await sortInSlices(own, compare, turns), filled);
      filled += own.length;
    }
    if (turns.due) await turns.pass();
  }
  return order;
}

type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array;

/** The numbers of a column in an order; the column gives its memory back. */
export async function arranged<Column extends Numbers>(
  column: Growing<Column>,
  Make: new (length: number) => Column,
  order: Uint32Array,
  turns: Turns,
): Promise<Column> {
  const from = column.array;
  const into = new Make(order.length);
  for (let at = 0; at < order.length; at++) {
    into[at] = from[order[at] ?? 0] ?? 0;
    if (turns.due) await turns.pass();
  }
  column.drop();
  return into;
}

/** The same of the places of parents, which are other ones in that order. */
export async function arrangedParents(
  column: Growing<Uint32Array>,
  order: Uint32Array,
  turns: Turns,
): Promise<Uint32Array> {
  const place = new Uint32Array(order.length);
  for (let at = 0; at < order.length; at++) {
    place[order[at] ?? 0] = at;
    if (turns.due) await turns.pass();
  }
  const parents = await arranged(column, Uint32Array, order, turns);
  for (let at = 0; at < parents.length; at++) {
    parents[at] = place[parents[at] ?? 0] ?? 0;
    if (turns.due) await turns.pass();
  }
  return parents;
}

/** The same of sums. */
export async function arrangedSums(
  column: Growing<Uint8Array>,
  order: Uint32Array,
  turns: Turns,
): Promise<Uint8Array> {
  const from = new Uint32Array(column.array.buffer, 0, (order.length * SUM) / WORD);
  const sums = new Uint32Array(from.length);
  const words = SUM / WORD;
  for (let at = 0; at < order.length; at++) {
    const node = order[at] ?? 0;
    for (let word = 0; word < words; word++) sums[at * words + word] = from[node * words + word] ?? 0;
    if (turns.due) await turns.pass();
  }
  column.drop();
  return new Uint8Array(sums.buffer);
}

/** The same of texts, each of which ends where the next begins: of what was written over nothing is kept. */
export async function arrangedText(
  { start, end, text }: Texts,
  order: Uint32Array,
  turns: Turns,
): Promise<{ start: Uint32Array; text: Uint8Array }> {
  const starts = new Uint32Array(order.length + 1);
  let length = 0;
  for (let at = 0; at < order.length; at++) {
    const from = order[at] ?? 0;
    starts[at] = length;
    length += (end.array[from] ?? 0) - (start.array[from] ?? 0);
    if (turns.due) await turns.pass();
  }
  starts[order.length] = length;
  const all = new Uint8Array(length);
  for (let at = 0; at < order.length; at++) {
    const from = order[at] ?? 0;
    const [begin, stop] = [start.array[from] ?? 0, end.array[from] ?? 0];
    // Most have no link.
    if (stop > begin) all.set(text.array.subarray(begin, stop), starts[at]);
    if (turns.due) await turns.pass();
  }
  for (const column of [start, end, text]) column.drop();
  return { start: starts, text: all };
}

/** Where the children of each node begin, which lie one after another. */
export async function countChildren(
  parent: Uint32Array,
  firstChild: Uint32Array,
  turns: Turns,
): Promise<void> {
  let node = 0;
  for (let child = 1; child < parent.length; child++) {
    const of = parent[child] ?? 0;
    while (node <= of) firstChild[node++] = child;
    if (turns.due) await turns.pass();
  }
  while (node < firstChild.length) firstChild[node++] = parent.length;
}
