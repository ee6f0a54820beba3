import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import type { Inventory } from '../../../src-main/data/index.ts';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

const made = (digest: string, year: number, kind: ManifestFacts['kind'] = 'image'): ManifestFacts => ({
  ...imageFacts(digest, {}),
  kind,
  created: `${year}-01-01T00:00:00Z`,
});

const tagged = (tags: Readonly<Record<string, string>>) =>
  Object.entries(tags).map(([name, digest]) => ({ name, digest }));

async function outlineOf(inventory: Inventory, repository: string) {
  const asked = { scope: { registry: 'a', repository }, sort: 'name', offset: 0, limit: 10 } as const;
  const { items } = await inventory.ask('repositoryTotals', asked);
  const [{ images, kinds, newest, pushed, newestTag } = { kinds: [] }] = items;
  return { images, kinds: kinds.toSorted(), newest, newestTag, ...(pushed !== undefined && { pushed }) };
}

test('how many images tags are on, what they are, and the newest; each change of a tag or of facts counts', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'app', tagged({ '1.0': 'x:one', '1.1': 'x:two', latest: 'x:two' }), 5);
  await inventory.tags('a', 'other', tagged({ '9': 'x:one' }), 5);
  expect(await outlineOf(inventory, 'app')).toEqual({
    images: 2,
    kinds: [],
    newest: undefined,
    newestTag: undefined,
  });

  await inventory.manifests('a', 'app', [made('x:one', 2020), made('x:two', 2024, 'index')], 5);
  expect(await outlineOf(inventory, 'app')).toEqual({
    images: 2,
    kinds: ['image', 'index'],
    newest: '2024-01-01T00:00:00Z',
    newestTag: '1.1',
  });
  // Read in one repository, known in each.
  expect(await outlineOf(inventory, 'other')).toMatchObject({ kinds: ['image'], newestTag: '9' });

  await inventory.tags('a', 'app', tagged({ latest: 'x:one' }), 6);
  await inventory.removeTags('a', 'app', ['1.1']);
  expect(await outlineOf(inventory, 'app')).toEqual({
    images: 1,
    kinds: ['image'],
    newest: '2020-01-01T00:00:00Z',
    newestTag: '1.0',
  });
  await inventory.removeTags('a', 'app', ['1.0', 'latest']);
  expect(await outlineOf(inventory, 'app')).toEqual({
    images: 0,
    kinds: [],
    newest: undefined,
    newestTag: undefined,
  });
});

test('a date from a config that is read later makes another image the newest', async () => {
  const inventory = await emptyInventory();
  const config = { digest: 'x:config', size: 5, mediaType: 'config', role: 'config' } as const;
  const undated = { ...imageFacts('x:late', {}), platforms: [], blobs: [config] };
  await inventory.tags('a', 'app', tagged({ early: 'x:early', late: 'x:late' }), 5);
  await inventory.manifests('a', 'app', [made('x:early', 2020), undated], 5);
  expect(await outlineOf(inventory, 'app')).toMatchObject({ newestTag: 'early' });
  await inventory.configs([{ digest: 'x:config', created: '2022-01-01T00:00:00+01:00', platforms: [] }]);
  expect(await outlineOf(inventory, 'app')).toMatchObject({
    newest: '2022-01-01T00:00:00+01:00',
    newestTag: 'late',
  });
});

test('where a product says when images were pushed, the last push and its tag stand beside the newest', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'app', tagged({ rebuilt: 'x:old', fresh: 'x:new' }), 5);
  await inventory.manifests('a', 'app', [made('x:old', 2020), made('x:new', 2024)], 5);
  expect(await outlineOf(inventory, 'app')).toMatchObject({ newestTag: 'fresh' });

  const listed = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image' as const,
    size: 7,
    platforms: [],
    attested: false,
  };
  const artifacts = [
    { ...listed, digest: 'x:old', pushed: '2026-05-01T00:00:00Z' },
    { ...listed, digest: 'x:new', pushed: '2024-01-02T00:00:00Z' },
    // No tag is on it any more.
    { ...listed, digest: 'x:gone', pushed: '2026-06-01T00:00:00Z' },
  ];
  await inventory.listed('a', 'app', artifacts, 6);
  expect(await outlineOf(inventory, 'app')).toMatchObject({
    newest: '2024-01-01T00:00:00Z',
    pushed: '2026-05-01T00:00:00Z',
    newestTag: 'rebuilt',
  });

  // Pushed once more, nothing else being new.
  await inventory.listed('a', 'app', [{ ...listed, digest: 'x:new', pushed: '2026-07-01T00:00:00Z' }], 7);
  expect(await outlineOf(inventory, 'app')).toMatchObject({
    pushed: '2026-07-01T00:00:00Z',
    newestTag: 'fresh',
  });
});

test('tags of what is attached to an image are none of its own', async () => {
  const inventory = await emptyInventory();
  const hex = '0123456789abcdef'.repeat(4);
  await inventory.tags(
    'a',
    'app',
    tagged({ '1.0': 'x:one', [`sha256-${hex}.sig`]: 'x:signature', [`sha256-${hex}`]: 'x:list' }),
    5,
  );
  await inventory.manifests('a', 'app', [made('x:one', 2020), made('x:signature', 2025, 'attestation')], 5);
  expect(await outlineOf(inventory, 'app')).toMatchObject({ images: 1, kinds: ['image'], newestTag: '1.0' });
});

test('where the digest of a tag is not known, neither is the number of images', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'app', [...tagged({ '1.0': 'x:one' }), { name: '2.0' }], 5);
  expect(await outlineOf(inventory, 'app')).toMatchObject({ images: undefined });
});

test('what the repositories of each namespace hold, each digest once', async () => {
  const inventory = await emptyInventory();
  for (const repository of ['team/one', 'team/web/two', 'lone']) {
    await inventory.tags('a', repository, tagged({ '1': 'x:one' }), 5);
    await inventory.manifests('a', repository, [imageFacts('x:one', { 'x:layer': 100 })], 5);
  }
  await inventory.tags('a', 'unread/app', tagged({ '1': 'x:other' }), 5);
  const sizes = (offset: number, limit: number) =>
    inventory.ask('namespaceSizes', { registry: 'a', offset, limit });
  expect(await sizes(0, 10)).toEqual({
    items: [
      { namespace: 'team', uniqueBytes: 107 },
      { namespace: 'team/web', uniqueBytes: 107 },
    ],
    total: 2,
  });
  expect((await sizes(1, 1)).items).toEqual([{ namespace: 'team/web', uniqueBytes: 107 }]);
});
