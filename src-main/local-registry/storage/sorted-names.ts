/** Unique names in code-unit order, which is ASCII order here; pages are found by binary search. */
export class SortedNames {
  #names: string[];

  constructor(names: Iterable<string> = []) {
    this.#names = [...new Set(names)].sort();
  }

  get size(): number {
    return this.#names.length;
  }

  add(name: string): void {
    const at = this.#firstNotBefore(name);
    if (this.#names[at] !== name) this.#names.splice(at, 0, name);
  }

  /** Adds many at once, in one sort. */
  addAll(names: Iterable<string>): void {
    this.#names = [...new Set([...this.#names, ...names])].sort();
  }

  delete(name: string): void {
    const at = this.#firstNotBefore(name);
    if (this.#names[at] === name) this.#names.splice(at, 1);
  }

  /** Up to `count` names after `last`, which need not exist. `more`: further names follow. */
  page(last: string | undefined, count: number): { names: string[]; more: boolean } {
    let from = 0;
    if (last !== undefined) {
      from = this.#firstNotBefore(last);
      if (this.#names[from] === last) from += 1;
    }
    const names = this.#names.slice(from, from + count);
    return { names, more: from + names.length < this.#names.length };
  }

  all(): readonly string[] {
    return this.#names;
  }

  #firstNotBefore(name: string): number {
    let low = 0;
    let high = this.#names.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#names[middle] ?? '') < name) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
