import { expect, test } from 'vitest';
import { SortedNames } from '../../src-main/local-registry/storage/sorted-names.ts';

test('keeps names unique and in code-unit order', () => {
  const names = new SortedNames(['b', 'a', 'b', 'B']);
  names.add('a0');
  names.add('a');
  names.addAll(['_', 'b']);
  names.delete('b');
  names.delete('not there');
  expect(names.all()).toEqual(['B', '_', 'a', 'a0']);
});

test('pages after a name, present or not', () => {
  const names = new SortedNames(['a', 'c', 'e']);
  expect(names.page(undefined, 2)).toEqual({ names: ['a', 'c'], more: true });
  expect(names.page('c', 2)).toEqual({ names: ['e'], more: false });
  expect(names.page('b', 1)).toEqual({ names: ['c'], more: true });
  expect(names.page('e', 1)).toEqual({ names: [], more: false });
  expect(names.page('', Number.POSITIVE_INFINITY)).toEqual({ names: ['a', 'c', 'e'], more: false });
});
