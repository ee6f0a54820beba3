import { expect, test } from 'vitest';
import { moved } from '../../../src-renderer/layout/reordering.ts';

const ids = ['a', 'b', 'c', 'd'];

test('an entry moves to where it was dropped', () => {
  expect(moved(ids, 'a', 2)).toEqual(['b', 'c', 'a', 'd']);
  expect(moved(ids, 'd', 0)).toEqual(['d', 'a', 'b', 'c']);
});

test('it stops at the ends', () => {
  expect(moved(ids, 'b', -5)).toEqual(['b', 'a', 'c', 'd']);
  expect(moved(ids, 'b', 99)).toEqual(['a', 'c', 'd', 'b']);
});

test('where nothing moves the same list comes back', () => {
  expect(moved(ids, 'a', 0)).toBe(ids);
  expect(moved(ids, 'a', -1)).toBe(ids);
  expect(moved(ids, 'gone', 1)).toBe(ids);
});
