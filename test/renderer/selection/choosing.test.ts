import { expect, test } from 'vitest';
import { type Choosable, chooseBy, inverted } from '../../../src-renderer/selection/choosing.ts';

const NOW = Date.parse('2026-11-26T12:00:00Z');
const daysAgo = (days: number) => new Date(NOW - days * 86_400_000).toISOString();
const row = (name: string, digest?: string, came?: string): Choosable => ({ name, digest, came });

test('all that a rule says must hold', () => {
  const rows = [
    row('pr-1', 'a', daysAgo(40)),
    row('pr-2', 'b', daysAgo(5)),
    row('1.0', 'c', daysAgo(90)),
    row('pr-3', 'c', daysAgo(90)),
  ];
  const chosen = (rule: Partial<Parameters<typeof chooseBy>[2]>) =>
    chooseBy(rows, rows, { pattern: '', alone: false, ...rule }, NOW).names;
  expect(chosen({ pattern: 'pr-*' })).toEqual(['pr-1', 'pr-2', 'pr-3']);
  expect(chosen({ olderThan: 30 })).toEqual(['pr-1', '1.0', 'pr-3']);
  expect(chosen({ olderThan: 40 })).toEqual(['pr-1', '1.0', 'pr-3']);
  expect(chosen({ alone: true })).toEqual(['pr-1', 'pr-2']);
  expect(chosen({ pattern: 'pr-*', olderThan: 30, alone: true })).toEqual(['pr-1']);
});

test('a tag that is not shown counts where an image must have no other', () => {
  const hidden = row('latest', 'a', daysAgo(1));
  const shown = [row('1.0', 'a', daysAgo(1)), row('2.0', 'b', daysAgo(1))];
  expect(chooseBy(shown, [...shown, hidden], { pattern: '', alone: true }, NOW).names).toEqual(['2.0']);
});

test('what is not known is not chosen, and counted', () => {
  const rows = [row('1.0', 'a', daysAgo(90)), row('2.0', 'b'), row('3.0')];
  expect(chooseBy(rows, rows, { pattern: '', alone: false, olderThan: 30 }, NOW)).toEqual({
    names: ['1.0'],
    unknown: 2,
  });
  expect(chooseBy(rows, rows, { pattern: '', alone: true }, NOW)).toEqual({
    names: ['1.0', '2.0'],
    unknown: 1,
  });
  // Its name rules it out already.
  expect(chooseBy(rows, rows, { pattern: '1*', alone: true }, NOW).unknown).toBe(0);
});

test('inverting leaves alone what is not shown', () => {
  expect(inverted(new Set(['a', 'x']), ['a', 'b'])).toEqual(new Set(['b', 'x']));
});
