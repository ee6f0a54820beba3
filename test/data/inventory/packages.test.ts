import { expect, test } from 'vitest';
import type { Inventory } from '../../../src-main/data/index.ts';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

const hex = (digit: string) => `sha256:${digit.repeat(64)}`;
const tagged = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([name, digest]) => ({ name, digest }));

async function looked(
  inventory: Inventory,
  digest: string,
  packages: readonly (readonly [string, string, string])[],
  partly = false,
) {
  const found = packages.map(([type, name, version]) => ({ type, name, version }));
  await inventory.lookedInto({ digest, source: 'files', packages: found, partly, looked: 1 });
}

async function versions(inventory: Inventory, name: string, whole = false) {
  const { items } = await inventory.packageVersions({ name, whole });
  return items.map((each) => `${each.type} ${each.name} ${each.version}`);
}

async function placesOf(inventory: Inventory, name: string) {
  const { items } = await inventory.packageVersions({ name, whole: true });
  const { items: places } = await inventory.ask('foundPlaces', {
    of: { package: items[0] ?? { type: '', name: '', version: '' } },
    offset: 0,
    limit: 10,
  });
  return places.map(({ registry, repository, tags }) => `${registry} ${repository}:${tags.join(',')}`);
}

test('packages are found by parts of their names, whole names first, in the images that repositories hold', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'team/app', tagged({ '1': hex('1'), latest: hex('1'), '2': hex('2') }), 5);
  await inventory.tags('https://b', 'other', tagged({ x: hex('2') }), 5);
  await inventory.manifests('a', 'team/app', [imageFacts(hex('1'), {}), imageFacts(hex('2'), {})], 5);
  await looked(inventory, hex('1'), [
    ['maven', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
    ['maven', 'log4j-core-test', '1'],
    ['deb', 'Bash', '5.2-1'],
    ['npm', '@babel/core', '7.0.0'],
  ]);
  await looked(inventory, hex('2'), [
    ['deb', 'bash', '5.1-1'],
    ['apk', 'ba', '1'],
    ['deb', 'mybash', '1'],
  ]);
  // In no repository.
  await looked(inventory, hex('3'), [['deb', 'bash', '4.0']]);

  expect(await versions(inventory, 'log4j-core')).toEqual([
    'maven log4j-core-test 1',
    'maven org.apache.logging.log4j:log4j-core 2.14.1',
  ]);
  expect(await versions(inventory, 'log4j-core', true)).toEqual([
    'maven org.apache.logging.log4j:log4j-core 2.14.1',
  ]);
  expect(await versions(inventory, 'core', true)).toEqual(['npm @babel/core 7.0.0']);
  expect((await versions(inventory, 'BASH')).toSorted()).toEqual(
    ['deb Bash 5.1-1', 'deb Bash 5.2-1', 'deb mybash 1'].toSorted(),
  );
  expect(await versions(inventory, 'ba')).toContain('apk ba 1');
  expect(await versions(inventory, '"x OR bash')).toEqual([]);
  expect(await placesOf(inventory, 'log4j-core')).toEqual(['a team/app:1,latest']);
  expect(await placesOf(inventory, 'mybash')).toEqual(['a team/app:2', 'https://b other:x']);
  const { items } = await inventory.packageVersions({ name: 'mybash', whole: true });
  expect(await inventory.packageCounts({ ids: items.map(({ id }) => id), most: 100 })).toEqual([1]);

  // What is found in an image takes the place of what was; what leaves all repositories is not found.
  await looked(inventory, hex('2'), [['deb', 'dash', '1']]);
  expect(await versions(inventory, 'mybash')).toEqual([]);
  await inventory.removeTags('a', 'team/app', ['1', 'latest']);
  await inventory.removeManifests('a', 'team/app', [hex('1')]);
  expect(await versions(inventory, 'log4j')).toEqual([]);
});

test('what was not looked into is counted, with the bytes of its layers, and given image by image', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'app', tagged({ '1': hex('1'), '2': hex('2'), '3': hex('9') }), 5);
  await inventory.tags('b', 'app', tagged({ '1': hex('1'), '4': hex('4') }), 5);
  const index = {
    ...imageFacts(hex('9'), {}),
    kind: 'index' as const,
    children: [{ digest: hex('3'), size: 1, mediaType: 'm' }],
  };
  const images = [
    imageFacts(hex('1'), { [hex('a')]: 100 }),
    imageFacts(hex('2'), { [hex('a')]: 100, [hex('b')]: 10 }),
    imageFacts(hex('3'), { [hex('b')]: 10, [hex('c')]: 1 }),
  ];
  await inventory.manifests('a', 'app', [index, ...images], 5);
  await inventory.manifests('b', 'app', images.slice(0, 1), 5);
  expect(await inventory.ask('lookedCounts', undefined)).toEqual({
    images: 3,
    looked: 0,
    partly: 0,
    unread: 1,
    bytes: 111,
  });
  await looked(inventory, hex('1'), [], true);
  expect(await inventory.ask('lookedCounts', { registry: 'a' })).toMatchObject({
    images: 3,
    looked: 1,
    partly: 1,
    unread: 0,
    bytes: 111,
  });
  await looked(inventory, hex('2'), []);
  expect(await inventory.ask('lookedCounts', { registry: 'a' })).toMatchObject({ looked: 2, bytes: 11 });
  expect(await inventory.ask('unlookedImages', { scope: undefined, after: 0, limit: 10 })).toMatchObject([
    { registry: 'a', repository: 'app', digest: hex('3'), index: hex('9') },
  ]);
  expect(await inventory.ask('unlookedImages', { scope: { registry: 'b' }, after: 0, limit: 10 })).toEqual(
    [],
  );
});

test('a digest is known by its beginning: manifests, configs, layers, and layers without their compression', async () => {
  const inventory = await emptyInventory();
  const config = { digest: hex('f'), size: 5, mediaType: 'config', role: 'config' } as const;
  const { blobs, ...image } = imageFacts(hex('1'), { [hex('a')]: 100 });
  await inventory.tags('a', 'app', tagged({ '1': hex('1') }), 5);
  await inventory.manifests('a', 'app', [{ ...image, blobs: [config, ...blobs] }], 5);
  await inventory.configs([{ digest: hex('f'), platforms: [], diffIds: [hex('d')] }]);
  expect(await inventory.foundDigests(hex('1'))).toEqual([{ digest: hex('1'), kind: 'image', size: 7 }]);
  expect(await inventory.foundDigests('ffffff')).toEqual([{ digest: hex('f'), kind: 'config', size: 5 }]);
  expect(await inventory.foundDigests('AAAAAAA')).toEqual([{ digest: hex('a'), kind: 'layer', size: 100 }]);
  expect(await inventory.foundDigests(hex('d').slice(0, 20))).toEqual([{ digest: hex('d'), kind: 'diffId' }]);
  expect(await inventory.foundDigests('fffff')).toEqual([]);
  for (const digest of [hex('1'), hex('f'), hex('a'), hex('d')])
    expect(await inventory.ask('foundPlaces', { of: { digest }, offset: 0, limit: 10 })).toMatchObject({
      total: 1,
      items: [{ registry: 'a', repository: 'app', digest: hex('1'), tags: ['1'], moreTags: 0 }],
    });
});

test('an image is built on the one with the most of its first layers, and a tag that moved from it is an update', async () => {
  const inventory = await emptyInventory();
  const layers = { [hex('a')]: 100, [hex('b')]: 10 };
  const old = { ...imageFacts(hex('1'), layers), created: '2024-01-01T00:00:00Z' };
  const newer = { ...imageFacts(hex('2'), { [hex('c')]: 1 }), created: '2025-01-01T00:00:00Z' };
  await inventory.tags('a', 'base', tagged({ '12': hex('1'), '12.1': hex('1') }), 5);
  await inventory.tags('b', 'lower', tagged({ x: hex('3') }), 5);
  await inventory.manifests('a', 'base', [old, newer], 5);
  await inventory.manifests('b', 'lower', [imageFacts(hex('3'), { [hex('a')]: 100 })], 5);
  await inventory.manifests('a', 'app', [imageFacts(hex('4'), { ...layers, [hex('d')]: 1 })], 5);
  const of = [hex('a'), hex('b'), hex('d')];
  expect(await inventory.ask('bases', { layers: of })).toEqual([
    {
      digest: hex('1'),
      layers: 2,
      bytes: 110,
      created: '2024-01-01T00:00:00Z',
      tagged: [{ registry: 'a', repository: 'base', tags: ['12', '12.1'], moreTags: 0 }],
      updates: [],
    },
  ]);
  await inventory.tags('a', 'base', tagged({ '12': hex('2') }), 9);
  expect(await inventory.ask('bases', { layers: of })).toMatchObject([
    {
      tagged: [{ tags: ['12.1'] }],
      updates: [
        {
          registry: 'a',
          repository: 'base',
          tag: '12',
          digest: hex('2'),
          created: '2025-01-01T00:00:00Z',
          looked: 9,
        },
      ],
    },
  ]);
  // An image is not its own base, nor is one with other layers.
  expect(await inventory.ask('bases', { layers: [hex('a')] })).toEqual([]);
  expect(await inventory.ask('bases', { layers: [hex('a'), hex('e'), hex('b')] })).toMatchObject([
    { digest: hex('3'), layers: 1 },
  ]);
});
