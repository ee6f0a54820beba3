import { Turns } from '../turns.ts';

/** Positions of what is the same in both, or of what only one has. */
export type Aligned =
  | { readonly left: number; readonly right: number }
  | { readonly left: number; readonly right?: never }
  | { readonly left?: never; readonly right: number };

/** Differences that are looked for one by one: lists that differ more stand one after the other where they differ. */
const DIFFERENCES_MAX = 1500;

/**
 * Two lists beside each other with the fewest differences: of what differs first what only the left has.
 *
 * @see Myers, "An O(ND) Difference Algorithm and Its Variations" (1986)
 */
export async function align(
  left: readonly unknown[],
  right: readonly unknown[],
  signal?: AbortSignal,
): Promise<Aligned[]> {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start++;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd--;
    rightEnd--;
  }
  const aligned: Aligned[] = [];
  for (let at = 0; at < start; at++) aligned.push({ left: at, right: at });
  const between = await shortest(left.slice(start, leftEnd), right.slice(start, rightEnd), signal);
  for (const { left: one, right: other } of between)
    aligned.push({
      ...(one === undefined ? {} : { left: one + start }),
      ...(other === undefined ? {} : { right: other + start }),
    } as Aligned);
  for (let at = 0; leftEnd + at < left.length; at++)
    aligned.push({ left: leftEnd + at, right: rightEnd + at });
  return aligned;
}

async function shortest(
  left: readonly unknown[],
  right: readonly unknown[],
  signal: AbortSignal | undefined,
): Promise<Aligned[]> {
  const turns = new Turns();
  const most = Math.min(left.length + right.length, DIFFERENCES_MAX);
  /** By diagonal (left - right), how far the left is with so many differences; the middle is diagonal 0. */
  const reached = new Int32Array(2 * most + 3);
  const middle = most + 1;
  const trace: Int32Array[] = [];
  for (let differences = 0; differences <= most; differences++) {
    trace.push(reached.slice(middle - differences - 1, middle + differences + 2));
    for (let diagonal = -differences; diagonal <= differences; diagonal += 2) {
      let at = stepTo(reached, middle, diagonal, differences);
      while (at < left.length && at - diagonal < right.length && left[at] === right[at - diagonal]) {
        at++;
        await turns.take(signal);
      }
      reached[middle + diagonal] = at;
      if (at >= left.length && at - diagonal >= right.length)
        return walkBack(left.length, right.length, trace);
      await turns.take(signal);
    }
  }
  return [...left.map((_, at): Aligned => ({ left: at })), ...right.map((_, at): Aligned => ({ right: at }))];
}

/** Where a diagonal begins: a step down from the one above, or right from the one below, whichever leads further. */
function stepTo(reached: Int32Array, middle: number, diagonal: number, differences: number): number {
  const below = reached[middle + diagonal - 1] ?? 0;
  const above = reached[middle + diagonal + 1] ?? 0;
  if (diagonal === -differences || (diagonal !== differences && below < above)) return above;
  return below + 1;
}

function walkBack(leftEnd: number, rightEnd: number, trace: readonly Int32Array[]): Aligned[] {
  const aligned: Aligned[] = [];
  let [left, right] = [leftEnd, rightEnd];
  for (let differences = trace.length - 1; differences > 0; differences--) {
    const before = trace[differences] ?? new Int32Array();
    const diagonal = left - right;
    const middle = differences + 1;
    const from = stepTo(before, middle, diagonal, differences);
    while (left > from) aligned.push({ left: --left, right: --right });
    const down =
      diagonal === -differences ||
      (diagonal !== differences &&
        (before[middle + diagonal - 1] ?? 0) < (before[middle + diagonal + 1] ?? 0));
    aligned.push(down ? { right: --right } : { left: --left });
  }
  while (left > 0) aligned.push({ left: --left, right: --right });
  return aligned.reverse();
}
