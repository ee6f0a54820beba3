import { expect, test } from 'vitest';
import type { RepositoryStorage } from '../../../src-main/common/storage.ts';
import { comparers } from '../../../src-renderer/repositories/order.ts';
import { SizedRows, sizeOf } from '../../../src-renderer/repositories/sized-rows.ts';
import { repositoryRows, sizedRows, storageOf } from './rows.ts';

test('a row is the same object as long as nothing else is known of it', () => {
  const joiner = new SizedRows();
  const list = repositoryRows(['a', 'b']);
  const join = (sizes?: ReadonlyMap<string, RepositoryStorage>) => list.map((row) => joiner.join(row, sizes));
  const [a, b] = join();
  const [sameA, sizedB] = join(new Map([['b', storageOf('b', { uniqueBytes: 5 })]]));
  expect(sameA).toBe(a);
  expect(sizedB).not.toBe(b);
  expect(sizedB).toMatchObject({ name: 'b', storage: { uniqueBytes: 5 } });
  // Read again, and nothing is different.
  expect(join(new Map([['b', storageOf('b', { uniqueBytes: 5 })]]))[1]).toBe(sizedB);
});

test('what is not known comes last in either direction; equal ones are by name', () => {
  const all = sizedRows({
    c: {},
    a: { uniqueBytes: 5, newest: '2024-01-01T00:00:00+02:00', images: 2 },
    b: { uniqueBytes: 9, newest: '2023-12-31T23:00:00Z', images: 2 },
    unread: undefined,
  });
  const names = (column: keyof typeof comparers, descending: boolean) =>
    all.toSorted((x, y) => comparers[column](x, y, descending)).map(({ name }) => name);
  expect(names('size', true)).toEqual(['b', 'a', 'c', 'unread']);
  expect(names('size', false)).toEqual(['c', 'a', 'b', 'unread']);
  expect(names('newest', true)).toEqual(['b', 'a', 'c', 'unread']);
  expect(names('images', true)).toEqual(['a', 'b', 'c', 'unread']);
});

test('zeros of what nobody looked into are not known; of what was read they are', () => {
  const none = { tags: 0, manifests: 0 };
  const all = sizedRows({
    listed: { ...none, complete: false },
    named: { manifests: 0, tags: 2, complete: false },
    emptied: none,
  });
  expect(all.map((row) => [row.name, row.storage?.tags, sizeOf(row)])).toEqual([
    ['listed', undefined, undefined],
    ['named', 2, undefined],
    ['emptied', 0, 0],
  ]);
});
