import { expect, test } from 'vitest';
import { selectBetween, toggled } from '../../../src-renderer/ui/table-selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

test('a row is taken in and out, and the set given is left alone', () => {
  const before: ReadonlySet<string> = new Set(['a']);
  expect([...toggled(before, 'b')]).toEqual(['a', 'b']);
  expect([...toggled(before, 'a')]).toEqual([]);
  expect([...before]).toEqual(['a']);
});

test('Shift takes in the rows between, in either direction', () => {
  expect([...selectBetween(new Set(), ids, 'b', 'd')]).toEqual(['b', 'c', 'd']);
  expect([...selectBetween(new Set(['e']), ids, 'd', 'b')].toSorted()).toEqual(['b', 'c', 'd', 'e']);
  expect([...selectBetween(new Set(), ids, 'c', 'c')]).toEqual(['c']);
});

test('a range from a row that is gone is the row alone', () => {
  expect([...selectBetween(new Set(), ids, 'gone', 'd')]).toEqual(['d']);
});
