import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds that long work takes at a time: whatever else the program does waits so long at most. */
const SLICE = 8;
/** Steps between two looks at the clock. */
const STEPS = 256;

/** Lets work of many steps go on in slices. */
export class Turns {
  readonly #every: number;
  #begun = performance.now();
  #steps = 0;

  /** @param every steps between two looks at the clock; 1 for steps that are long themselves */
  constructor(every = STEPS) {
    this.#every = every;
  }

  /** Called before each step: true where it is time to let others in. */
  get due(): boolean {
    this.#steps += 1;
    return this.#steps % this.#every === 0 && performance.now() - this.#begun > SLICE;
  }

  async pass(signal?: AbortSignal): Promise<void> {
    await turn();
    signal?.throwIfAborted();
    this.#begun = performance.now();
  }

  /** The turn of others where it is time for it; undefined where there is nothing to wait for. */
  take(signal?: AbortSignal): Promise<void> | undefined {
    return this.due ? this.pass(signal) : undefined;
  }
}
