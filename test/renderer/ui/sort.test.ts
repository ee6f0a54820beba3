import { expect, test } from 'vitest';
import { compareValues, formatSort, parseSort } from '../../../src-renderer/ui/sort.ts';

test('a sort order goes to the address and back', () => {
  for (const sort of [
    { column: 'size', descending: true },
    { column: 'name', descending: false },
  ]) {
    expect(parseSort(formatSort(sort), ['name', 'size'])).toEqual(sort);
  }
  expect(formatSort(undefined)).toBeUndefined();
});

test('an unknown column sorts nothing', () => {
  expect(parseSort('-evil', ['name'])).toBeUndefined();
  expect(parseSort(undefined, ['name'])).toBeUndefined();
});

test('names are ordered as people do, numbers by value', () => {
  expect(['v10', 'v9', 'v1'].toSorted((a, b) => compareValues(a, b))).toEqual(['v1', 'v9', 'v10']);
  expect([10, 9, 1].toSorted((a, b) => compareValues(a, b, true))).toEqual([10, 9, 1]);
});

test('what is missing comes last in either direction', () => {
  expect(
    [3, undefined, 1].map((value) => ({ value })).toSorted((a, b) => compareValues(a.value, b.value)),
  ).toEqual([{ value: 1 }, { value: 3 }, { value: undefined }]);
  expect(
    [3, undefined, 1].map((value) => ({ value })).toSorted((a, b) => compareValues(a.value, b.value, true)),
  ).toEqual([{ value: 3 }, { value: 1 }, { value: undefined }]);
});
