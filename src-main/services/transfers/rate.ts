/** Long enough to be steady, short enough to show a stall. */
const WINDOW_MS = 5_000;

/** Bytes a second over the last seconds. */
export class Rate {
  readonly #samples: { at: number; bytes: number }[] = [];

  /** @param bytes all so far; @param at milliseconds */
  add(bytes: number, at: number): number {
    this.#samples.push({ at, bytes });
    while ((this.#samples[1]?.at ?? at) <= at - WINDOW_MS) this.#samples.shift();
    const first = this.#samples[0];
    if (!first || at <= first.at) return 0;
    return Math.max(0, ((bytes - first.bytes) * 1000) / (at - first.at));
  }
}
