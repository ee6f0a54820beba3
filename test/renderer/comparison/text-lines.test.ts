import { expect, test } from 'vitest';
import type { TextHunk } from '../../../src-main/common/comparison.ts';
import { shownHunks, splitRows, unifiedRows } from '../../../src-renderer/comparison/text-lines.ts';

const hunk: TextHunk = {
  left: 10,
  right: 20,
  lines: [
    { state: 'same', text: 'a' },
    { state: 'onlyLeft', text: 'b' },
    { state: 'onlyLeft', text: 'c' },
    { state: 'onlyRight', text: 'B' },
    { state: 'same', text: 'd' },
    { state: 'onlyRight', text: 'e' },
  ],
};

test('unified: one line under the other, with the numbers of its side', () => {
  expect(unifiedRows(hunk).map(({ state, left, right }) => [state, left?.number, right?.number])).toEqual([
    ['same', 10, 20],
    ['onlyLeft', 11, undefined],
    ['onlyLeft', 12, undefined],
    ['onlyRight', undefined, 21],
    ['same', 13, 22],
    ['onlyRight', undefined, 23],
  ]);
});

test('side by side: what came in the place of a line stands beside it', () => {
  expect(splitRows(hunk).map(({ state, left, right }) => [state, left?.text, right?.text])).toEqual([
    ['same', 'a', 'a'],
    ['changed', 'b', 'B'],
    ['onlyLeft', 'c', undefined],
    ['same', 'd', 'd'],
    ['onlyRight', undefined, 'e'],
  ]);
});

test('what is much is drawn in part, and says so', () => {
  expect(shownHunks([hunk])).toEqual({ shown: [hunk], whole: true });
  const long = { left: 1, right: 1, lines: [{ state: 'same' as const, text: 'x'.repeat(501) }] };
  expect(shownHunks([long])).toEqual({
    shown: [{ ...long, lines: [{ state: 'same', text: `${'x'.repeat(500)}…` }] }],
    whole: false,
  });
  const many = {
    left: 1,
    right: 1,
    lines: Array.from({ length: 700 }, () => hunk.lines[0]).flatMap((each) => each ?? []),
  };
  const { shown, whole } = shownHunks([many, many, many]);
  expect(shown.map(({ lines }) => lines.length)).toEqual([700, 300]);
  expect(whole).toBe(false);
});
