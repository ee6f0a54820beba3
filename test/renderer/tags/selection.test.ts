import { expect, test } from 'vitest';
import {
  extendTo,
  keepExisting,
  noSelection,
  type Selection,
  toggle,
  toggleAll,
} from '../../../src-renderer/tags/selection.ts';

const shown = ['a', 'b', 'c', 'd', 'e'];
const names = (selection: Selection) => [...selection.names].sort();

test('toggling turns a row on and off', () => {
  const once = toggle(noSelection, 'b');
  expect(names(once)).toEqual(['b']);
  expect(names(toggle(once, 'b'))).toEqual([]);
  expect(names(noSelection)).toEqual([]);
});

test('Shift chooses from the anchor to the row in either direction, and again from the same anchor', () => {
  const anchored = toggle(noSelection, 'c');
  const down = extendTo(anchored, 'e', shown);
  expect(names(down)).toEqual(['c', 'd', 'e']);
  expect(names(extendTo(down, 'a', shown))).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('Shift on a chosen row takes the range away', () => {
  const all = { names: new Set(shown), anchor: 'b' };
  expect(names(extendTo(all, 'd', shown))).toEqual(['a', 'e']);
});

test('Shift without an anchor in sight is a toggle', () => {
  expect(names(extendTo(noSelection, 'd', shown))).toEqual(['d']);
  const filteredOut = { names: new Set(['x']), anchor: 'x' };
  expect(names(extendTo(filteredOut, 'd', shown))).toEqual(['d', 'x']);
});

test('all means all rows shown; rows filtered out keep their state', () => {
  const some = toggle(toggle(noSelection, 'x'), 'a');
  const all = toggleAll(some, shown);
  expect(names(all)).toEqual(['a', 'b', 'c', 'd', 'e', 'x']);
  expect(names(toggleAll(all, shown))).toEqual(['x']);
});

test('names that went are no longer chosen; an unchanged choice is the same object', () => {
  const some = toggle(toggle(noSelection, 'a'), 'b');
  expect(keepExisting(some, new Set(['a', 'b', 'c']))).toBe(some);
  expect(names(keepExisting(some, new Set(['b'])))).toEqual(['b']);
});
