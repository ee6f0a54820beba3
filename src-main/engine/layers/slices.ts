import { Turns } from '../turns.ts';

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
