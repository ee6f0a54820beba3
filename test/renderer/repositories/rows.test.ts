import { expect, test } from 'vitest';
import {
  compareRepositories,
  filterRepositories,
  RepositoryCollector,
  splitName,
} from '../../../src-renderer/repositories/rows.ts';

function collect(names: readonly string[]) {
  const collector = new RepositoryCollector();
  collector.add({
    repositories: names.map((name) => ({ name, addedByName: false })),
    count: names.length,
    done: false,
    listing: 'complete',
  });
  return collector;
}

test('a picture does not change with later pages', () => {
  const collector = collect(['b', 'a']);
  const first = collector.snapshot();
  collector.add({
    repositories: [{ name: 'c', addedByName: true }],
    count: 3,
    done: true,
    listing: 'forbidden',
  });
  expect(first).toMatchObject({ complete: false, listing: 'complete' });
  expect(first.rows.map(({ name }) => name)).toEqual(['b', 'a']);
  expect(collector.snapshot()).toMatchObject({ complete: true, listing: 'forbidden' });
  expect(collector.snapshot().rows.at(-1)).toMatchObject({ name: 'c', addedByName: true });
});

test('filters and sorts by name in natural order', () => {
  const { rows } = collect(['team/app10', 'team/app9', 'other/app1']).snapshot();
  const sorted = (descending: boolean) =>
    rows.toSorted((a, b) => compareRepositories(a, b, descending)).map(({ name }) => name);
  expect(sorted(false)).toEqual(['other/app1', 'team/app9', 'team/app10']);
  expect(sorted(true)).toEqual(['team/app10', 'team/app9', 'other/app1']);
  expect(filterRepositories(rows, 'team 1').map(({ name }) => name)).toEqual(['team/app10']);
});

test('separates the namespace from the base name', () => {
  expect(splitName('a/b/c')).toEqual({ namespace: 'a/b/', base: 'c' });
  expect(splitName('c')).toEqual({ namespace: '', base: 'c' });
});

test('B1: a name that cannot be used has its row, sorted and found like the others', () => {
  const collector = collect(['b']);
  collector.add({ repositories: [], unusable: ['A..b'], count: 1, done: true, listing: 'incomplete' });
  const { rows, listing } = collector.snapshot();
  expect(listing).toBe('incomplete');
  expect(rows.map(({ name, unusable }) => ({ name, unusable }))).toEqual([
    { name: 'b', unusable: false },
    { name: 'A..b', unusable: true },
  ]);
  expect(filterRepositories(rows, 'a..')).toHaveLength(1);
});
