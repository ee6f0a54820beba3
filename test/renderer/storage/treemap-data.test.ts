import { expect, test } from 'vitest';
import type { RepositoryStorage, StorageChild } from '../../../src-main/common/storage.ts';
import { rectanglesOf } from '../../../src-renderer/storage/treemap-data.ts';

const repository = (name: string, uniqueBytes: number): RepositoryStorage => ({
  repository: name,
  tags: 1,
  manifests: 1,
  referencedBytes: uniqueBytes,
  uniqueBytes,
  exclusiveBytes: 0,
  kinds: [],
  complete: true,
});

const child = (name: string, isRepository: boolean, uniqueBytes: number): StorageChild => ({
  name,
  isRepository,
  repositories: 1,
  uniqueBytes,
  exclusiveBytes: 0,
});

const drawn = (items: RepositoryStorage[], namespace?: string) =>
  rectanglesOf({ items, total: items.length }, [], namespace).rectangles.map(({ name, children = [] }) => [
    name,
    children.map((each) => each.name),
  ]);

test('repositories are in the namespace directly below what is shown, the largest first', () => {
  const all = [
    repository('team/a', 1),
    repository('team/deep/b', 5),
    repository('lone', 7),
    repository('ci/c', 2),
  ];
  expect(drawn(all)).toEqual([
    ['/', ['lone']],
    ['team/', ['team/deep/b', 'team/a']],
    ['ci/', ['ci/c']],
  ]);
  expect(drawn(all.slice(0, 2), 'team')).toEqual([
    ['deep/', ['team/deep/b']],
    ['/', ['team/a']],
  ]);
});

test('what takes no room is left out', () => {
  expect(drawn([repository('empty', 0)])).toEqual([]);
});

test('of more repositories than can be told apart namespaces are drawn, and the largest of very many', () => {
  const some = { items: [repository('team/a', 1)], total: 61 };
  expect(rectanglesOf(some, [child('team', false, 9), child('app', true, 2)], undefined)).toMatchObject({
    rectangles: [
      { name: 'team/', value: 9, isRepository: false },
      { name: 'app', isRepository: true },
    ],
    drawn: 2,
    of: 2,
  });
  const many = Array.from({ length: 300 }, (_, index) => child(`app-${index}`, true, 1));
  expect(rectanglesOf(some, many, undefined)).toMatchObject({ drawn: 200, of: 300 });
});
