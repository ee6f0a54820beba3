/** A request in line for its turn. */
export interface Waiter {
  /** Order of arrival at the host, over all kinds. */
  readonly ticket: number;
  readonly ceiling: number;
  admit(): void;
}

/**
 * How many requests of one kind a host takes at once, found out by trying: one more for each window of successes, half as many
 * once per burst of refusals. Those who wait are served in the order they came.
 */
export class Window {
  /** In order of arrival. */
  readonly waiting = new Set<Waiter>();
  #limit: number;
  #active = 0;
  #successes = 0;
  #burst = 0;

  constructor(initial: number) {
    this.#limit = initial;
  }

  /** Counts the halvings; what was sent under another number says nothing of the present size. */
  get burst(): number {
    return this.#burst;
  }

  admits(ceiling: number): boolean {
    return this.#active < Math.min(this.#limit, ceiling);
  }

  enter(): void {
    this.#active += 1;
  }

  leave(): void {
    this.#active -= 1;
  }

  succeeded(burst: number, ceiling: number): void {
    // A window that is not full proves nothing about a larger one.
    if (burst !== this.#burst || this.#active < this.#limit || this.#limit >= ceiling) return;
    this.#successes += 1;
    if (this.#successes < this.#limit) return;
    this.#successes = 0;
    this.#limit += 1;
  }

  /** A reply "not now" (429, 503) to a request sent in `burst`. */
  refused(burst: number): void {
    if (burst !== this.#burst) return;
    this.#burst += 1;
    this.#successes = 0;
    // Half of what was under way and not of what was allowed: only that was too much.
    this.#limit = Math.max(1, Math.floor(Math.min(this.#limit, this.#active) / 2));
  }
}
