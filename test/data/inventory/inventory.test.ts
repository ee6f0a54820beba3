import { expect, test } from 'vitest';
import type { Inventory } from '../../../src-main/data/index.ts';
import { emptyInventory } from '../../support/inventory.ts';

/** `account repository[:tag]` of what is found, in its order. */
async function found(places: Inventory, text: string, limit = 10): Promise<string[]> {
  const { places: rows, waiting } = await places.search(text, limit);
  expect(waiting).toBe(0);
  return rows.map(({ accountId, repository, tag }) =>
    tag === undefined ? `${accountId} ${repository}` : `${accountId} ${repository}:${tag}`,
  );
}

test('places are found by all their words, over accounts, and forgotten when gone', async () => {
  const places = await emptyInventory();
  await places.repositories('a', ['library/nginx', 'team/web_shop', 'team/webXshop'], 1);
  await places.tags(
    'a',
    'library/nginx',
    [{ name: '1.27', digest: 'sha256:deadbeef00' }, { name: 'Latest' }],
    1,
  );
  await places.tags('b', 'other/nginx', [{ name: '1.27' }], 1);
  expect(await found(places, 'NGINX')).toEqual([
    'b other/nginx',
    'a library/nginx',
    'b other/nginx:1.27',
    'a library/nginx:1.27',
    'a library/nginx:Latest',
  ]);
  expect(await found(places, 'nginx latest')).toEqual(['a library/nginx:Latest']);
  expect(await found(places, 'nginx:la')).toEqual(['a library/nginx:Latest']);
  expect(await found(places, 'web_shop')).toEqual(['a team/web_shop']);
  expect(await places.search('sha256:deadbe', 10)).toMatchObject({
    places: [{ accountId: 'a', repository: 'library/nginx', tag: '1.27', digest: 'sha256:deadbeef00' }],
  });
  expect(await found(places, 'nginx deadbe')).toEqual(['a library/nginx:1.27']);
  expect(await found(places, 'other deadbe')).toEqual([]);
  expect(await found(places, 'dead')).toEqual([]);
  expect(await found(places, 'nginx', 2)).toHaveLength(2);
  expect(await found(places, '   ')).toEqual([]);

  await places.repositories('a', ['library/nginx'], 2);
  await places.tags('a', 'library/nginx', [{ name: '1.27' }], 2);
  await places.endTags('a', 'library/nginx', 2);
  await places.endRepositories('a', 2);
  expect(await found(places, 'team')).toEqual([]);
  expect(await found(places, 'latest')).toEqual([]);
  // A listing without digests keeps the ones known.
  expect(await found(places, 'deadbeef00')).toEqual(['a library/nginx:1.27']);
  await places.removeTags('a', 'library/nginx', ['1.27']);
  expect(await found(places, '1.27')).toEqual(['b other/nginx:1.27']);
  await places.forget('b');
  expect(await found(places, 'other')).toEqual([]);
});

test('one or two characters find what a segment begins with; a separator alone says nothing', async () => {
  const places = await emptyInventory();
  await places.repositories('a', ['team/app', 'team/wrapper', 'zoo/my-ap'], 1);
  await places.tags('a', 'team/app', [{ name: 'v1.25' }, { name: '1' }, { name: 'main' }], 1);
  expect(await found(places, 'ap')).toEqual([
    'a team/app',
    'a zoo/my-ap',
    'a team/app:1',
    'a team/app:main',
    'a team/app:v1.25',
  ]);
  expect(await found(places, 'z')).toEqual(['a zoo/my-ap']);
  expect(await found(places, 'app 1')).toEqual(['a team/app:1']);
  expect(await found(places, 'app 25')).toEqual(['a team/app:v1.25']);
  expect(await found(places, '-')).toEqual([]);
  expect(await found(places, 'my-')).toEqual(['a zoo/my-ap']);
  expect(await found(places, '"OR')).toEqual([]);
});

test('whole names come before beginnings, those before segments, and what was listed last before what is older', async () => {
  const places = await emptyInventory();
  const repositories = ['x/prebuild', 'x/my-build', 'x/builder', 'x/build'];
  await places.repositories('a', repositories, 1);
  expect(await found(places, 'build')).toEqual(repositories.toReversed().map((name) => `a ${name}`));
  await places.tags('a', 'one', [{ name: 'main' }], 1);
  await places.tags('a', 'two', [{ name: 'main' }], 3);
  await places.tags('a', 'six', [{ name: 'main' }], 2);
  // More that fit less, and were listed later.
  await places.tags(
    'a',
    'many',
    Array.from({ length: 450 }, (_, index) => ({ name: `domain-${index}` })),
    4,
  );
  expect(await found(places, 'main', 3)).toEqual(['a two:main', 'a six:main', 'a one:main']);
  expect(await found(places, 'main', 200)).toHaveLength(200);
});

test('of two listings at once the one that began later says what is there, whichever is written last', async () => {
  const places = await emptyInventory();
  await places.tags('a', 'app', [{ name: '1', digest: 'sha256:deadbeef00' }], 1);
  await places.tags('a', 'app', [{ name: '1' }, { name: '2' }], 3);
  await places.tags('a', 'app', [{ name: '1' }, { name: '2', digest: 'sha256:deadbeef01' }], 2);
  await places.endTags('a', 'app', 3);
  expect((await places.knownTags('a', 'app')).names).toEqual(['1', '2']);
  expect((await places.lookedTags('a', 'app', ['1', '2'])).map(({ digest }) => digest)).toEqual([
    'sha256:deadbeef00',
    'sha256:deadbeef01',
  ]);
});
