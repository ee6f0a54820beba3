/**
 * The entries of a list, each once. Most registries list them in ascending order: as long as each is greater than the one before it,
 * none can be a repetition, and comparing two costs a fiftieth of what a set costs. From the first one that is not, a set decides.
 */
export class Distinct {
  #ascending: string[] = [];
  #known: Set<string> | undefined;

  get size(): number {
    return this.#known?.size ?? this.#ascending.length;
  }

  /** Whether it is new. */
  add(entry: string): boolean {
    const before = this.size;
    if (!this.#known) {
      const last = this.#ascending[before - 1];
      if (last === undefined || entry > last) {
        this.#ascending.push(entry);
        return true;
      }
      this.#known = new Set(this.#ascending);
      this.#ascending = [];
    }
    return this.#known.add(entry).size > before;
  }
}
