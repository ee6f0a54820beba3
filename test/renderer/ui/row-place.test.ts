import { expect, test } from 'vitest';
import { placeOfRow } from '../../../src-renderer/ui/row-place.ts';

const rowId = (row: string) => row;
/** `a+b` is what `a` and `b` have merged to. */
const replaces = (row: string, goneId: string) => row.split('+').includes(goneId);

test('a row is found by its id, also where another could stand for it', () => {
  expect(placeOfRow(['a+b', 'b'], { rowId, replaces }, 'b')).toBe(1);
});

test('one that has merged is found where it is now', () => {
  expect(placeOfRow(['c', 'a+b'], { rowId, replaces }, 'b')).toBe(1);
  expect(placeOfRow(['c', 'a+b'], { rowId }, 'b')).toBe(-1);
});

test('what is nowhere has no place', () => {
  expect(placeOfRow(['a'], { rowId, replaces }, 'z')).toBe(-1);
  expect(placeOfRow(['a'], { rowId, replaces }, undefined)).toBe(-1);
});
