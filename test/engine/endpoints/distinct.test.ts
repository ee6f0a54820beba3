import { expect, test } from 'vitest';
import { Distinct } from '../../../src-main/engine/endpoints/distinct.ts';

const onceOf = (entries: readonly string[]) => {
  const distinct = new Distinct();
  const fresh = entries.filter((entry) => distinct.add(entry));
  return { fresh, size: distinct.size };
};

test.each([
  ['ascending', ['', 'a', 'a-b', 'a/b', 'b']],
  ['repeated at once', ['a', 'a', 'b']],
  ['repeated later', ['a', 'b', 'c', 'a', 'b', 'd', 'c']],
  ['descending', ['c', 'b', 'a', 'b']],
  ['ascending again after a break', ['b', 'a', 'c', 'd', 'b', 'd', 'e']],
])('a list that is %s gives each entry once, in its order', (_, entries) => {
  const once = [...new Set(entries)];
  expect(onceOf(entries)).toEqual({ fresh: once, size: once.length });
});
