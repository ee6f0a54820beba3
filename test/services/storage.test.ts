import path from 'node:path';
import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../src-main/common/facts.ts';
import { storageChildren, storageRepositories, storageSummary } from '../../src-main/common/storage.ts';
import { Inventory } from '../../src-main/data/index.ts';
import { Storage } from '../../src-main/services/storage/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { temporaryFolder } from '../support/temporary.ts';

const SEEN = Date.parse('2026-01-02T03:04:05Z');

async function openStorage(): Promise<{ inventory: Inventory; storage: Storage }> {
  const folder = await temporaryFolder();
  const inventory = new Inventory({
    inventory: path.join(folder, 'inventory.db'),
    former: path.join(folder, 'wharfinger.db'),
  });
  whenFinished(() => inventory.close());
  return { inventory, storage: new Storage(inventory) };
}

function image(digest: string, layers: Readonly<Record<string, number>>): ManifestFacts {
  return {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image',
    size: 5,
    created: '2025-01-01T00:00:00Z',
    platforms: [],
    attested: false,
    children: [],
    blobs: Object.entries(layers).map(([layer, size]) => ({
      digest: layer,
      size,
      mediaType: 'application/vnd.oci.image.layer.v1.tar',
      role: 'layer',
    })),
  };
}

test('answers are what the contract takes, of the registry, a namespace and a repository', async () => {
  const { inventory, storage } = await openStorage();
  await inventory.tags('here', 'team/app', [{ name: '1', digest: 'x:app' }], SEEN);
  await inventory.tags('here', 'lone', [{ name: '1', digest: 'x:lone' }], SEEN);
  await inventory.tags('elsewhere', 'team/app', [{ name: '1', digest: 'x:app' }], SEEN);
  await inventory.manifests('here', 'team/app', [image('x:app', { 'x:base': 100, 'x:top': 10 })], SEEN);
  await inventory.manifests('here', 'lone', [image('x:lone', { 'x:base': 100 })], SEEN);
  await inventory.scanned('scan', 'here', 'team/app', SEEN);

  expect(storageSummary.parse(await storage.summary('here', {}))).toEqual({
    repositories: 2,
    tags: 2,
    manifests: 2,
    referencedBytes: 220,
    uniqueBytes: 120,
    exclusiveBytes: 120,
    sharedBytes: 100,
    estimated: 0,
    known: { complete: false, scanned: { done: 1, total: 2 }, asOf: '2026-01-02T03:04:05.000Z', unread: 0 },
  });
  expect(await storage.summary('here', { namespace: 'team' })).toMatchObject({
    uniqueBytes: 115,
    exclusiveBytes: 15,
    known: { complete: true },
  });
  const page = { sort: 'uniqueBytes', offset: 0, limit: 10 } as const;
  const repositories = storageRepositories.parse(await storage.repositories('here', page));
  expect(repositories).toMatchObject({
    total: 2,
    items: [
      {
        repository: 'team/app',
        uniqueBytes: 115,
        exclusiveBytes: 15,
        newest: '2025-01-01T00:00:00Z',
        seen: '2026-01-02T03:04:05.000Z',
        complete: true,
      },
      { repository: 'lone', complete: false },
    ],
  });
  expect(storageChildren.parse(await storage.children('here', {}))).toEqual([
    { name: 'team', isRepository: false, repositories: 1, uniqueBytes: 115, exclusiveBytes: 15 },
    { name: 'lone', isRepository: true, repositories: 1, uniqueBytes: 105, exclusiveBytes: 5 },
  ]);
});

test('nothing is claimed of a registry that was not seen', async () => {
  const { storage } = await openStorage();
  expect(await storage.summary('new', {})).toMatchObject({
    repositories: 0,
    uniqueBytes: 0,
    known: { complete: false, scanned: { done: 0, total: 0 } },
  });
  expect(await storage.children('new', { namespace: 'team' })).toEqual([]);
});
