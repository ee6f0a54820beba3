/** Milliseconds of work before the page may answer and draw again. */
const SLICE_MS = 8;

/** Rows of a list that are gone through between two yields. */
export const ROWS_A_STEP = 1_000;

/** Work that can be put down at each `yield`. */
export type Sliced<Out> = Generator<void, Out, void>;

/** What is done of a piece of work. */
export class SlicedWork<Out> {
  readonly #steps: Sliced<Out>;
  /** Once all of it is done. */
  result: { readonly value: Out } | undefined;

  constructor(steps: Sliced<Out>) {
    this.#steps = steps;
  }

  /** Goes on for a slice, one step at least. */
  slice(): void {
    const end = performance.now() + SLICE_MS;
    do this.#step();
    while (!this.result && performance.now() < end);
  }

  finish(): Out {
    while (!this.result) this.#step();
    return this.result.value;
  }

  #step(): void {
    if (this.result) return;
    const { done, value } = this.#steps.next();
    if (done) this.result = { value };
  }
}
