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

/** A piece of work that was begun. */
export interface Begun<Out> {
  /** Later ones have higher numbers. */
  readonly number: number;
  readonly start: () => Sliced<Out>;
  readonly question: unknown;
  readonly work: SlicedWork<Out>;
  /** It was done at once. */
  readonly isShort: boolean;
}

/** The work on what is asked for, one piece after the other. */
export class SlicedWorks<Out> {
  #last: Begun<Out> | undefined;
  /** What was found last is something, which stands until the next is done. */
  #isFound = false;
  readonly #isNothing: (result: Out) => boolean;

  /** @param isNothing nobody misses such a result: what follows it is worked out at once, as the first one is */
  constructor(isNothing: (result: Out) => boolean) {
    this.#isNothing = isNothing;
  }

  /**
   * What is under way: of the same question it goes on, also where `start` is another one by now. Else a list that grows faster than
   * it is worked out would be shown at its end only. With another question it is dropped.
   */
  take(start: () => Sliced<Out>, question: unknown): Begun<Out> {
    const under = this.#last;
    if (under && under.question === question && (under.start === start || !under.work.result)) return under;
    const work = new SlicedWork(start());
    if (under?.work.result) this.#isFound = !this.#isNothing(under.work.result.value);
    if (this.#isFound) work.slice();
    else work.finish();
    this.#last = {
      number: (under?.number ?? 0) + 1,
      start,
      question,
      work,
      isShort: work.result !== undefined,
    };
    return this.#last;
  }
}
