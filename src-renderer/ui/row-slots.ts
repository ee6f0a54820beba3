/**
 * In which elements rows are drawn. A row keeps its own for as long as it is in view; one that comes takes those of one that has gone, so
 * that a screen that scrolls by changes texts instead of making some thousand elements. Only after those that stay: what comes before them
 * would have all of them moved. Where most rows are others, each takes the elements at its place, also one that stays: elements that are
 * moved are as dear as new ones.
 */
export class RowSlots {
  #slots: ReadonlyMap<string, number> = new Map();
  #made = 0;
  #held: string | undefined;

  /** Of the row that the focus is in: its elements go with it, so that the focus never is in another row's. */
  hold(id: string | undefined): void {
    this.#held = id;
  }

  /**
   * @param ids of the rows in view, in order
   * @returns a name for the elements of each
   */
  take(ids: readonly string[]): ReadonlyMap<string, number> {
    const staying = ids.filter((id) => this.#slots.has(id));
    const areOthers = staying.length < ids.length / 2 && !staying.includes(this.#held ?? '');
    const before = areOthers ? new Map<string, number>() : this.#slots;
    const kept = new Set([...(areOthers ? [] : ids), this.#held]);
    const free = [...this.#slots].flatMap(([id, slot]) => (kept.has(id) ? [] : [slot]));
    const lastStaying = ids.findLastIndex((id) => before.has(id));
    const slots = new Map<string, number>();
    for (const [at, id] of ids.entries()) {
      const own = before.get(id);
      slots.set(id, own ?? (at > lastStaying ? free.shift() : undefined) ?? this.#made++);
    }
    this.#slots = slots;
    return slots;
  }
}
