import { expect, test } from 'vitest';
import { align } from '../../../src-main/engine/comparison/align.ts';

/** Fewest differences, by trying all. */
function fewest(left: string, right: string): number {
  const rows = Array.from({ length: left.length + 1 }, (_, at) => [at]);
  for (let at = 0; at <= right.length; at++) (rows[0] as number[])[at] = at;
  for (let one = 1; one <= left.length; one++)
    for (let other = 1; other <= right.length; other++) {
      const [before, row] = [rows[one - 1] as number[], rows[one] as number[]];
      row[other] =
        left[one - 1] === right[other - 1]
          ? (before[other - 1] as number)
          : 1 + Math.min(before[other] as number, row[other - 1] as number);
    }
  return (rows[left.length] as number[])[right.length] as number;
}

const text = (seed: number, length: number) =>
  Array.from({ length }, (_, at) => 'abc'[(seed * 31 + at * at * 7 + ((seed * at) % 5)) % 3]).join('');

test('all of both in order, with the fewest differences', async () => {
  for (let seed = 0; seed < 200; seed++) {
    const [left, right] = [text(seed, seed % 13), text(seed * 3 + 1, (seed * 7) % 11)];
    const aligned = await align([...left], [...right]);
    expect(aligned.flatMap((at) => at.left ?? [])).toEqual([...left].map((_, at) => at));
    expect(aligned.flatMap((at) => at.right ?? [])).toEqual([...right].map((_, at) => at));
    const differences = aligned.filter((at) => at.left === undefined || at.right === undefined);
    for (const { left: one, right: other } of aligned)
      if (one !== undefined && other !== undefined) expect(left[one]).toBe(right[other]);
    expect(differences.length, `${left} ${right}`).toBe(fewest(left, right));
  }
});

test('lists that have nothing in common stand one after the other, however long', async () => {
  const [left, right] = [0, 1].map((side) => Array.from({ length: 30_000 }, (_, at) => `${side} ${at}`));
  const aligned = await align(left ?? [], right ?? []);
  expect(aligned).toHaveLength(60_000);
  expect(aligned[0]).toEqual({ left: 0 });
  expect(aligned.at(-1)).toEqual({ right: 29_999 });
});
