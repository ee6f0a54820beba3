import { Growing } from './growing.ts';

/** Nodes that each new one moves from a table that has become too small. */
const MOVED_AT_ONCE = 4;

/** Finds nodes by a hash: open addressing, without an object for each. They are numbered in the order in which they come; 0 is not found. */
export class NodeTable {
  /** 0 is empty, else a node. */
  #table = new Uint32Array(4096);
  /** The table before, as long as some of its nodes, of `moved` on, are not in the present one: moving all at once would take too long. */
  #former: { table: Uint32Array; moved: number; nodes: number } | undefined;
  readonly #hash: Growing<Uint32Array>;

  /** @param room nodes that it has room for to begin with */
  constructor(room: number) {
    this.#hash = new Growing(Uint32Array, room);
    this.#hash.push(0);
  }

  /** @param matches whether a node of this hash is the one that is looked for */
  find(hash: number, matches: (node: number) => boolean): number | undefined {
    return (
      this.#findIn(this.#table, hash, matches) ??
      (this.#former && this.#findIn(this.#former.table, hash, matches))
    );
  }

  /** The next node. */
  put(hash: number): void {
    this.#hash.push(hash);
    this.#enter(this.#hash.length - 1);
    this.#moveSome();
    if (this.#hash.length * 2 <= this.#table.length) return;
    this.#former = { table: this.#table, moved: 1, nodes: this.#hash.length };
    this.#table = new Uint32Array(this.#table.length * 2);
  }

  /** Gives its memory back: nothing is looked for any more. */
  drop(): void {
    this.#table = new Uint32Array(0);
    this.#former = undefined;
    this.#hash.drop();
  }

  #findIn(table: Uint32Array, hash: number, matches: (node: number) => boolean): number | undefined {
    const mask = table.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const node = table[slot] ?? 0;
      if (node === 0) return undefined;
      if (this.#hash.array[node] === hash && matches(node)) return node;
    }
  }

  #enter(node: number): void {
    const mask = this.#table.length - 1;
    let slot = (this.#hash.array[node] ?? 0) & mask;
    while (this.#table[slot] !== 0) slot = (slot + 1) & mask;
    this.#table[slot] = node;
  }

  /** The table is twice as large as the former one: this ends long before it is too small itself. */
  #moveSome(): void {
    const former = this.#former;
    if (!former) return;
    const end = Math.min(former.nodes, former.moved + MOVED_AT_ONCE);
    while (former.moved < end) this.#enter(former.moved++);
    if (end === former.nodes) this.#former = undefined;
  }
}
