import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../../src-main/common/facts.ts';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

test('what a config says is true of each image that has it; the newer date counts', async () => {
  const inventory = await emptyInventory();
  const config = { digest: 'x:config', size: 5, mediaType: 'config', role: 'config' } as const;
  const images = ['x:one', 'x:two'].map((digest) => ({
    ...imageFacts(digest, {}),
    platforms: [],
    blobs: [config],
  }));
  const created = (year: number) => `${year}-01-01T00:00:00Z`;
  const facts = [
    { ...images[0], created: created(2020) },
    { ...images[1], created: created(2024) },
  ];
  await inventory.tags(
    'a',
    'app',
    [
      { name: '1', digest: 'x:one' },
      { name: '2', digest: 'x:two' },
    ],
    5,
  );
  await inventory.manifests('a', 'app', facts as ManifestFacts[], 5);
  expect(await inventory.undatedConfigs('a', 'app', 0)).toEqual([{ digest: 'x:config', size: 5 }]);
  expect(await inventory.undatedConfigs('a', 'other', 0)).toEqual([]);
  const failure = { code: 'notFound' as const, message: 'Not found.' };
  await inventory.unreadConfig({ digest: 'x:config', failure, asked: 7 });
  expect(await inventory.undatedConfigs('a', 'app', 7)).toEqual([{ digest: 'x:config', size: 5, failure }]);
  expect(await inventory.undatedConfigs('a', 'app', 8)).toEqual([{ digest: 'x:config', size: 5 }]);
  // One that was read and does not say what for is not asked again.
  await inventory.configs([{ digest: 'x:config', platforms: [] }]);
  expect(await inventory.undatedConfigs('a', 'app', 7)).toEqual([]);
  const platforms = [{ os: 'linux', architecture: 'arm64' }];
  await inventory.configs([{ digest: 'x:config', created: created(2022), platforms }]);
  expect(await inventory.undatedConfigs('a', 'app', 0)).toEqual([]);
  expect(await inventory.summaries('a', 'app', ['1', '2'])).toMatchObject([
    { created: created(2022), platforms },
    { created: created(2024), platforms },
  ]);
});

test('tags and facts become totals; what was not read is said', async () => {
  const inventory = await emptyInventory();
  const scope = { registry: 'a' };
  await inventory.tags('a', 'team/one', [{ name: '1', digest: 'x:one' }, { name: '2' }], 5);
  await inventory.tags('a', 'team/two', [{ name: '1', digest: 'x:two' }], 5);
  await inventory.manifests('a', 'team/one', [imageFacts('x:one', { 'x:base': 100, 'x:top': 10 })], 5);
  expect(await inventory.ask('summary', scope)).toMatchObject({
    uniqueBytes: 117,
    referencedBytes: 117,
    estimated: 2,
    manifests: 2,
    known: { complete: false, unread: 2, scanned: { done: 0, total: 2 } },
  });
  expect(await inventory.factsKnown(['x:one', 'x:two', 'x:base'])).toEqual(['x:one']);
  await inventory.manifests('a', 'team/two', [imageFacts('x:two', { 'x:base': 100 })], 6);
  await inventory.tags('a', 'team/one', [{ name: '2', digest: 'x:one' }], 6);
  for (const repository of ['team/one', 'team/two']) await inventory.scanned('s', 'a', repository, 6);
  expect(await inventory.ask('summary', scope)).toMatchObject({
    repositories: 2,
    tags: 3,
    manifests: 2,
    referencedBytes: 117 + 117 + 107,
    estimated: 0,
    uniqueBytes: 124,
    exclusiveBytes: 124,
    sharedBytes: 100,
    known: { complete: true, unread: 0, asOf: 6 },
  });
  expect(
    await inventory.ask('repositoryTotals', { scope, sort: 'exclusiveBytes', offset: 0, limit: 10 }),
  ).toMatchObject({
    total: 2,
    items: [
      { repository: 'team/one', tags: 2, uniqueBytes: 117, exclusiveBytes: 17 },
      { repository: 'team/two', tags: 1, uniqueBytes: 107, exclusiveBytes: 7 },
    ],
  });
  expect(await inventory.ask('namespaces', scope)).toEqual([
    { name: 'team', isRepository: false, repositories: 2, uniqueBytes: 124, exclusiveBytes: 124 },
  ]);
  expect(await inventory.summaries('a', 'team/one', ['2', 'none'])).toEqual([
    {
      name: '2',
      digest: 'x:one',
      seen: 6,
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      kind: 'image',
      size: 117,
      estimated: false,
      platforms: [{ os: 'linux', architecture: 'amd64' }],
      attested: false,
      attached: [],
    },
  ]);
  await inventory.removeTags('a', 'team/one', ['1', '2']);
  expect(await inventory.ask('summary', scope)).toMatchObject({ uniqueBytes: 107, sharedBytes: 0, tags: 1 });
  await inventory.forget('a');
  expect(await inventory.ask('summary', scope)).toMatchObject({ uniqueBytes: 0, repositories: 0 });
});

test("a product's sizes count until the manifest is read", async () => {
  const inventory = await emptyInventory();
  const { children: _children, blobs: _blobs, ...listed } = imageFacts('x:one', {});
  await inventory.listed('a', 'app', [{ ...listed, size: 500 }], 1);
  await inventory.tags('a', 'app', [{ name: '1', digest: 'x:one' }], 1);
  const scope = { registry: 'a', repository: 'app' };
  expect(await inventory.ask('summary', scope)).toMatchObject({
    referencedBytes: 500,
    estimated: 1,
    uniqueBytes: 0,
  });
  await inventory.manifests('a', 'app', [imageFacts('x:one', { 'x:base': 100 })], 2);
  expect(await inventory.ask('summary', scope)).toMatchObject({
    referencedBytes: 107,
    estimated: 0,
    uniqueBytes: 107,
  });
});

test('a scan is kept with what it is still to look at', async () => {
  const inventory = await emptyInventory();
  await inventory.keepScan({ id: 's', registry: 'a', scan: { by: 'test' }, open: true });
  await inventory.addToScan('s', ['one', 'two', 'three']);
  await inventory.scanned('s', 'a', 'three');
  expect(await inventory.leftOfScan('s', undefined, 10)).toEqual(['one', 'two']);
  expect(await inventory.scans({ open: true })).toEqual([
    { id: 's', registry: 'a', scan: { by: 'test' }, open: true },
  ]);
  await inventory.keepScan({ id: 's', registry: 'a', scan: { by: 'test' }, open: false });
  expect(await inventory.scans({ registry: 'a', open: true })).toEqual([]);
  expect(await inventory.scans({ registry: 'a' })).toHaveLength(1);
  await inventory.removeScan('s');
  expect(await inventory.scans({})).toEqual([]);
});

test('what is asked of the process that works on a scan is reported at each storing, until the scan is taken anew', async () => {
  const inventory = await emptyInventory();
  const scan = { id: 's', registry: 'a', scan: {}, open: true, owner: 'one' };
  expect(await inventory.takeScan(scan, [])).toBeUndefined();
  expect(await inventory.keepScan(scan)).toBeUndefined();
  expect(await inventory.askScan('s', 'pause')).toBe(true);
  expect(await inventory.takeScan({ ...scan, owner: 'other' }, [])).toBe('one');
  expect(await inventory.keepScan(scan)).toBe('pause');
  expect(await inventory.keepScan(scan)).toBe('pause');
  expect(await inventory.takeScan({ ...scan, owner: 'other' }, ['one'])).toBeUndefined();
  expect(await inventory.keepScan({ ...scan, owner: 'other' })).toBeUndefined();
});

test('totals of a day are noted for a repository, the namespaces around it and its registry', async () => {
  const inventory = await emptyInventory();
  await inventory.tags('a', 'team/web/front', [{ name: '1', digest: 'x:one' }], 5);
  await inventory.tags('a', 'team/back', [{ name: '1', digest: 'x:one' }, { name: '2' }], 5);
  await inventory.manifests('a', 'team/web/front', [imageFacts('x:one', { 'x:base': 100 })], 5);
  const day = (scope: object) =>
    inventory.ask('history', { scope: { registry: 'a', ...scope }, days: 7, now: Date.now() });
  const totals = (tags: number, images: number) => [
    { tags, referencedBytes: images * 107, uniqueBytes: images > 0 ? 107 : 0 },
  ];
  await expect.poll(() => day({}), { timeout: 15_000 }).toMatchObject(totals(3, 2));
  expect(await day({ namespace: 'team' })).toMatchObject(totals(3, 2));
  expect(await day({ namespace: 'team/web' })).toMatchObject(totals(1, 1));
  expect(await day({ repository: 'team/back' })).toMatchObject(totals(2, 1));
  await inventory.repositories('a', ['team/web/front'], 6);
  await inventory.endRepositories('a', 6);
  await expect.poll(() => day({}), { timeout: 15_000 }).toMatchObject(totals(1, 1));
  expect(await day({ repository: 'team/back' })).toMatchObject(totals(0, 0));
});

test('facts come back as they were given, wherever they were read; not of what was only listed or has too many parts', async () => {
  const inventory = await emptyInventory();
  const child = { ...imageFacts('x:child', { 'x:base': 100, 'x:top': 10 }), created: '2024-01-02T03:04:05Z' };
  const index: ManifestFacts = {
    ...imageFacts('x:index', {}),
    mediaType: 'application/vnd.oci.image.index.v1+json',
    kind: 'index',
    attested: true,
    artifactType: 'application/example',
    subject: 'x:subject',
    children: [
      {
        digest: 'x:child',
        size: 7,
        mediaType: child.mediaType,
        platform: { os: 'linux', architecture: 'a' },
      },
      { digest: 'x:note', size: 8, mediaType: child.mediaType, attestation: true },
    ],
  };
  const odd: ManifestFacts = {
    ...imageFacts('x:odd', {}),
    kind: 'unreadable',
    platforms: [],
    unreadable: 'odd',
  };
  const layers = Object.fromEntries(Array.from({ length: 501 }, (_, number) => [`x:layer ${number}`, 1]));
  await inventory.manifests('a', 'one', [child, index], 5);
  await inventory.manifests('b', 'two', [odd, imageFacts('x:many', layers)], 5);
  const listed = {
    digest: 'x:note',
    size: 8,
    mediaType: child.mediaType,
    kind: 'image',
    platforms: [],
  } as const;
  await inventory.listed('a', 'one', [{ ...listed, platforms: [], attested: false }], 5);
  const asked = ['x:odd', 'x:none', 'x:note', 'x:many', 'x:index', 'x:child'];
  expect(await inventory.facts(asked)).toEqual([odd, index, child]);
});
