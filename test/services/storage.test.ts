import { expect, test } from 'vitest';
import type { ManifestFacts } from '../../src-main/common/facts.ts';
import {
  chosenStorage,
  freedBytes,
  holders,
  knownRepositories,
  storageChildren,
  storageHistory,
  storageRepositories,
  storageSummary,
  storedItems,
} from '../../src-main/common/storage.ts';
import type { Inventory } from '../../src-main/data/index.ts';
import { Storage } from '../../src-main/services/storage/index.ts';
import { emptyInventory, imageFacts } from '../support/inventory.ts';

const SEEN = Date.parse('2026-01-02T03:04:05Z');

async function openStorage(): Promise<{ inventory: Inventory; storage: Storage }> {
  const inventory = await emptyInventory();
  return { inventory, storage: new Storage(inventory, () => new Date(SEEN)) };
}

const image = (digest: string, layers: Readonly<Record<string, number>>): ManifestFacts => ({
  ...imageFacts(digest, layers),
  size: 5,
  created: '2025-01-01T00:00:00Z',
});

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

test('the repositories of which a tag was seen, or none is there', async () => {
  const { inventory, storage } = await openStorage();
  await inventory.repositories('here', ['emptied', 'listed', 'never', 'seen'], SEEN);
  await inventory.scanned('scan', 'here', 'emptied', SEEN);
  await inventory.tags('here', 'seen', [{ name: '1', digest: 'x:unread' }], SEEN);
  const namesOf = async (page: { after?: string; limit: number }) => {
    const items = knownRepositories.parse(await storage.knownRepositories('here', page));
    return items.map(({ repository, complete }) => [repository, complete]);
  };
  expect(await namesOf({ limit: 10 })).toEqual([
    ['emptied', true],
    ['seen', false],
  ]);
  expect(await namesOf({ limit: 1 })).toEqual([['emptied', true]]);
  expect(await namesOf({ limit: 1, after: 'emptied' })).toEqual([['seen', false]]);
  expect(await namesOf({ limit: 1, after: 'seen' })).toEqual([]);
});

test('what is large, what several repositories hold, who holds it, and what becomes free', async () => {
  const { inventory, storage } = await openStorage();
  const tags = (digest: string, ...names: string[]) => names.map((name) => ({ name, digest }));
  await inventory.tags('here', 'app', tags('x:app', '1', 'latest'), SEEN);
  await inventory.tags('here', 'copy', tags('x:copy', 'v1'), SEEN);
  await inventory.manifests('here', 'app', [image('x:app', { 'x:base': 100, 'x:top': 10 })], SEEN);
  await inventory.manifests('here', 'copy', [image('x:copy', { 'x:base': 100 })], SEEN);
  for (const repository of ['app', 'copy']) await inventory.scanned('scan', 'here', repository, SEEN);
  const page = { offset: 0, limit: 10 };

  expect(storedItems.parse(await storage.largest('here', page))).toMatchObject({
    total: 4,
    items: [
      { digest: 'x:base', size: 100, kind: 'layer', repositories: 2, tags: 3 },
      { digest: 'x:top', size: 10, repositories: 1, tags: 2 },
      { kind: 'image', size: 5 },
      { kind: 'image', size: 5 },
    ],
  });
  expect(storedItems.parse(await storage.duplicates('here', page))).toMatchObject({
    total: 1,
    items: [{ digest: 'x:base' }],
  });
  expect(holders.parse(await storage.holders('here', { ...page, digest: 'x:base', limit: 2 }))).toEqual({
    total: 3,
    items: [
      { repository: 'app', tag: '1', digest: 'x:app' },
      { repository: 'app', tag: 'latest', digest: 'x:app' },
    ],
  });
  const one = { tags: [{ repository: 'app', tag: '1' }] };
  expect(freedBytes.parse(await storage.freed('here', one))).toMatchObject({
    bytes: 0,
    stillHeld: { bytes: 0, elsewhere: 0 },
  });
  const whole = { tags: [], repositories: ['app'] };
  expect(freedBytes.parse(await storage.freed('here', whole))).toMatchObject({
    bytes: 15,
    manifests: 1,
    blobs: 1,
    atMost: false,
    stillHeld: { bytes: 100, elsewhere: 100 },
  });
  const both = { tags: [{ repository: 'copy', tag: 'v1' }], repositories: ['app'] };
  expect(await storage.freed('here', both)).toMatchObject({ bytes: 120, stillHeld: { bytes: 0 } });
  expect(storageHistory.parse(await storage.history('here', { days: 30 }))).toEqual([]);
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

test('what a set of tags holds, what of it other tags need, and that the rest of the registry may', async () => {
  const { inventory, storage } = await openStorage();
  const tags = (digest: string, ...names: string[]) => names.map((name) => ({ name, digest }));
  await inventory.tags('here', 'app', tags('x:app', '1', 'latest'), SEEN);
  await inventory.tags('here', 'copy', tags('x:copy', 'v1'), SEEN);
  await inventory.repositories('here', ['app', 'copy', 'unseen'], SEEN);
  await inventory.manifests('here', 'app', [image('x:app', { 'x:base': 100, 'x:top': 10 })], SEEN);
  await inventory.manifests('here', 'copy', [image('x:copy', { 'x:base': 100 })], SEEN);
  for (const repository of ['app', 'copy']) await inventory.scanned('scan', 'here', repository, SEEN);
  const choice = { tags: ['1', 'latest', 'gone'].map((tag) => ({ repository: 'app', tag })) };
  expect(chosenStorage.parse(await storage.chosen('here', choice))).toMatchObject({
    tags: 3,
    manifests: 1,
    referencedBytes: 230,
    estimated: 1,
    uniqueBytes: 115,
    exclusiveBytes: 15,
    sharedBytes: 100,
    freed: { bytes: 15, stillHeld: { bytes: 100, elsewhere: 100 }, atMost: true, unread: 1 },
    known: { complete: false, scanned: { done: 2, total: 3 }, asOf: '2026-01-02T03:04:05.000Z' },
  });
  const all = { tags: [{ repository: 'app', tag: '1' }], repositories: ['app', 'copy'] };
  expect(await storage.chosen('here', all)).toMatchObject({ tags: 3, uniqueBytes: 120, exclusiveBytes: 120 });
});
