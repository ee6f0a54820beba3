/** Bytes a second over the last while. */
export class Rate {
  readonly #window: number;
  readonly #samples: { at: number; bytes: number }[] = [];

  /** @param window milliseconds */
  constructor(window: number) {
    this.#window = window;
  }

  /** @param bytes all so far; @param at milliseconds */
  add(bytes: number, at: number): number {
    this.#samples.push({ at, bytes });
    while ((this.#samples[1]?.at ?? at) <= at - this.#window) this.#samples.shift();
    const first = this.#samples[0];
    if (!first || at <= first.at) return 0;
    return Math.max(0, ((bytes - first.bytes) * 1000) / (at - first.at));
  }
}
