/**
 * In which elements rows are drawn. A row keeps its own for as long as it is in view; one that comes takes those of one that has gone, so
 * that a screen that scrolls by changes texts instead of making some thousand elements. Only after those that stay: what comes before them
 * would have all of them moved.
 */
export class RowSlots {
  #slots: ReadonlyMap<string, number> = new Map();
  #made = 0;

  /**
   * @param ids of the rows in view, in order
   * @param held of a row whose elements go with it: the focus is in them, and must not be in another row's
   * @returns a name for the elements of each
   */
  take(ids: readonly string[], held?: string): ReadonlyMap<string, number> {
    const wanted = new Set(ids);
    const free = [...this.#slots].flatMap(([id, slot]) => (wanted.has(id) || id === held ? [] : [slot]));
    const lastStaying = ids.findLastIndex((id) => this.#slots.has(id));
    const slots = new Map<string, number>();
    for (const [at, id] of ids.entries()) {
      const own = this.#slots.get(id);
      slots.set(id, own ?? (at > lastStaying ? free.shift() : undefined) ?? this.#made++);
    }
    this.#slots = slots;
    return slots;
  }
}
