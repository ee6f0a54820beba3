import { expect, test } from 'vitest';
import { firstNames } from '../../../src-renderer/ui/names.ts';

test('many names are shortened, one over the limit is named all the same', () => {
  expect(firstNames(['a', 'b', 'c'], 2)).toEqual({ list: 'a, b, c', more: 0 });
  expect(firstNames(['a', 'b', 'c', 'd'], 2)).toEqual({ list: 'a, b', more: 2 });
});
