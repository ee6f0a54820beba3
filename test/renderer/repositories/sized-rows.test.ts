import { expect, test } from 'vitest';
import type { RepositoryStorage } from '../../../src-main/common/storage.ts';
import { RepositoryCollector } from '../../../src-renderer/repositories/rows.ts';
import {
  compareNewest,
  compareSizes,
  compareTags,
  SizedRows,
  sizeOf,
} from '../../../src-renderer/repositories/sized-rows.ts';

const storage = (repository: string, uniqueBytes: number, newest?: string): RepositoryStorage => ({
  repository,
  tags: 1,
  manifests: 1,
  referencedBytes: uniqueBytes,
  uniqueBytes,
  exclusiveBytes: 0,
  kinds: [],
  complete: true,
  ...(newest === undefined ? {} : { newest }),
});

function rows(names: readonly string[]) {
  const collector = new RepositoryCollector();
  collector.add({
    repositories: names.map((name) => ({ name, addedByName: false })),
    count: names.length,
    done: true,
    listing: 'complete',
  });
  return collector.snapshot().rows;
}

test('a row is the same object as long as nothing else is known of it', () => {
  const joiner = new SizedRows();
  const list = rows(['a', 'b']);
  const [a, b] = joiner.join(list, undefined);
  const sizes = new Map([['b', storage('b', 5)]]);
  const [sameA, sizedB] = joiner.join(list, sizes);
  expect(sameA).toBe(a);
  expect(sizedB).not.toBe(b);
  expect(sizedB).toMatchObject({ name: 'b', storage: { uniqueBytes: 5 } });
  expect(joiner.join(list, sizes)[1]).toBe(sizedB);
});

test('what is not known comes last in either direction', () => {
  const sizes = new Map([
    ['a', storage('a', 5, '2024-01-01T00:00:00+02:00')],
    ['b', storage('b', 9, '2023-12-31T23:00:00Z')],
  ]);
  const all = new SizedRows().join(rows(['c', 'a', 'b']), sizes);
  const names = (compare: typeof compareSizes, descending: boolean) =>
    all.toSorted((x, y) => compare(x, y, descending)).map(({ name }) => name);
  expect(names(compareSizes, true)).toEqual(['b', 'a', 'c']);
  expect(names(compareSizes, false)).toEqual(['a', 'b', 'c']);
  expect(names(compareNewest, true)).toEqual(['b', 'a', 'c']);
});

test('zeros of what nobody looked into are not known; of what was read they are', () => {
  const none = { tags: 0, manifests: 0, referencedBytes: 0, uniqueBytes: 0 };
  const sizes = new Map([
    ['listed', { ...storage('listed', 0), ...none, complete: false }],
    ['named', { ...storage('named', 0), ...none, tags: 2, complete: false }],
    ['emptied', { ...storage('emptied', 0), ...none }],
  ]);
  const all = new SizedRows().join(rows(['listed', 'named', 'emptied']), sizes);
  expect(all.map((row) => [row.name, row.storage?.tags, sizeOf(row)])).toEqual([
    ['listed', undefined, undefined],
    ['named', 2, undefined],
    ['emptied', 0, 0],
  ]);
  expect(all.toSorted((a, b) => compareTags(a, b, false)).map(({ name }) => name)).toEqual([
    'emptied',
    'named',
    'listed',
  ]);
});
