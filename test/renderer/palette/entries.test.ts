import { expect, test } from 'vitest';
import { type Entry, offeredGroups, rankedGroups } from '../../../src-renderer/palette/entries.ts';

const entry = (key: string, more: Partial<Entry> = {}): Entry => ({
  key,
  label: key,
  note: '',
  icon: null,
  refused: false,
  run: () => {},
  ...more,
});
const groups = [
  { name: 'registries', entries: [entry('r1'), entry('r2')] },
  { name: 'commands', entries: [entry('c1'), entry('c2'), entry('c3')] },
  { name: 'places', entries: [] },
];
const keysOf = (ranked: readonly { name: string; entries: readonly Entry[] }[]) =>
  ranked.map(({ name, entries }) => [name, ...entries.map(({ key }) => key)]);
const scores = (known: Record<string, number>) => (key: string) => known[key] ?? 0;

test('what is used most is first in its group, and its group first of all', () => {
  expect(keysOf(rankedGroups(groups, scores({ c3: 2, r2: 1 })))).toEqual([
    ['commands', 'c3', 'c1', 'c2'],
    ['registries', 'r2', 'r1'],
  ]);
});

test('what was never used stays in its order; groups with nothing in them are left out', () => {
  expect(keysOf(rankedGroups(groups, scores({})))).toEqual([
    ['registries', 'r1', 'r2'],
    ['commands', 'c1', 'c2', 'c3'],
  ]);
});

test('before anything is typed what is used most stands alone, and once', () => {
  expect(keysOf(offeredGroups(groups, 'used', scores({ c3: 1, r1: 2 })))).toEqual([
    ['used', 'r1', 'c3'],
    ['registries', 'r2'],
    ['commands', 'c1', 'c2'],
  ]);
  expect(keysOf(offeredGroups(groups, 'used', scores({})))[0]).toEqual(['registries', 'r1', 'r2']);
});

test('what cannot be done now is not offered first', () => {
  const commands = [{ name: 'commands', entries: [entry('c1', { refused: true }), entry('c2')] }];
  expect(keysOf(offeredGroups(commands, 'used', scores({ c1: 9 })))).toEqual([['commands', 'c1', 'c2']]);
});
