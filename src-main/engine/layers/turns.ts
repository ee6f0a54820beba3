import { setImmediate as turn } from 'node:timers/promises';

/** Milliseconds that work on a tree takes at a time: whatever else the program does waits so long at most. */
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

/** All that a generator gives, in slices. @throws {RegistryError} what `check` throws, which is called between them */
export async function* inSlices<T>(steps: Iterable<T>, check: () => void): AsyncGenerator<T, void, void> {
  const turns = new Turns();
  for (const step of steps) {
    yield step;
    if (!turns.due) continue;
    await turns.pass();
    check();
  }
}

/** Numbers in order, sorted in slices however many there are. */
export async function sortInSlices(
  numbers: Uint32Array,
  compare: (one: number, other: number) => number,
  turns: Turns,
): Promise<Uint32Array> {
  const RUN = 512;
  for (let at = 0; at < numbers.length; at += RUN) {
    numbers.subarray(at, at + RUN).sort(compare);
    if (numbers.length > RUN && turns.due) await turns.pass();
  }
  let from = numbers;
  let into = numbers.length > RUN ? new Uint32Array(numbers.length) : numbers;
  for (let width = RUN; width < numbers.length; width *= 2) {
    for (let at = 0; at < numbers.length; at += 2 * width) {
      const middle = Math.min(at + width, numbers.length);
      const end = Math.min(at + 2 * width, numbers.length);
      let [left, right] = [at, middle];
      for (let to = at; to < end; to++) {
        const first = from[left] ?? 0;
        const second = from[right] ?? 0;
        const takeLeft = left < middle && (right >= end || compare(first, second) <= 0);
        into[to] = takeLeft ? first : second;
        if (takeLeft) left++;
        else right++;
        if (turns.due) await turns.pass();
      }
    }
    [from, into] = [into, from];
  }
  return from;
}
