import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test, vi } from 'vitest';
import type { Scan } from '../../../src-main/common/inventory.ts';
import type { Core, RegistryHandle } from '../../../src-main/services/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { amd64, makeArtifact, makeImage, makeMultiPlatform } from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { addAccount, testCore } from '../support/core.ts';
import { bytesOf, inventoryOf } from '../support/inventory.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

const DAY_MS = 86_400_000;

async function scanned(
  core: Core,
  handle: RegistryHandle,
  scope: Partial<Parameters<Core['inventory']['scan']>[1]> = {},
): Promise<Scan> {
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true, ...scope });
  return await core.inventory.finished(scanId);
}

const requestsOf = (registry: GuardedRegistry): string[] =>
  registry.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*$/, '')}`);

async function setUp(options: Parameters<typeof testCore>[0] = {}) {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform('app');
  const image = await makeImage({ name: 'tool', layers: { base: 4096, tool: 300 } });
  const report = makeArtifact({ subject: image, content: Buffer.from('a report') });
  await push(index, registry, 'team/app', '1.0');
  await push(index, registry, 'team/app', 'latest');
  await push(image, registry, 'team/tool', '2.0');
  await push(report, registry, 'team/tool');
  await push(image, registry, 'other', 'copy');
  const core = await testCore(options);
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  registry.clearRequests();
  return { registry, core, account, handle, index, image, report, inventory: inventoryOf(core) };
}

/** The inventory as another program sees it. */
function fileOf({ home }: { home: string }): DatabaseSync {
  const file = new DatabaseSync(path.join(home, 'inventory.db'), { timeout: 10_000 });
  whenFinished(() => file.close());
  return file;
}

test('a scan finds all that there is: tags, children of indexes and what is attached', async () => {
  const { core, handle, account, inventory, index, image, report } = await setUp();
  const scan = await scanned(core, handle);
  expect(scan).toMatchObject({
    status: 'done',
    repositories: { done: 3, total: 3 },
    tags: { done: 4, total: 4 },
    unread: 0,
  });
  expect(await inventory.ask('summary', { registry: account.id })).toMatchObject({
    repositories: 3,
    tags: 4,
    uniqueBytes: bytesOf(index, image, report),
    known: { complete: true, unread: 0 },
  });
});

test('what was scanned costs a HEAD for each tag, and what is new one more request', async () => {
  const { core, handle, registry } = await setUp();
  await scanned(core, handle);
  registry.clearRequests();
  await scanned(core, handle);
  const warm = requestsOf(registry).filter((request) => request.includes('/manifests/'));
  expect(warm.sort()).toEqual([
    'HEAD /v2/other/manifests/copy',
    'HEAD /v2/team/app/manifests/1.0',
    'HEAD /v2/team/app/manifests/latest',
    'HEAD /v2/team/tool/manifests/2.0',
  ]);
  await push(await makeImage({ name: 'new' }), registry, 'team/app', 'new');
  registry.clearRequests();
  expect(await scanned(core, handle, { repository: 'team/app' })).toMatchObject({
    tags: { done: 3, total: 3 },
  });
  expect(requestsOf(registry).filter((request) => request.startsWith('GET /v2/team/app/manifests'))).toEqual([
    'GET /v2/team/app/manifests/new',
  ]);
});

test('when images were made and for what is in their configs: each is read once, or not at all where that is not asked for', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  const configs = () => requestsOf(registry).filter((request) => request.includes('/blobs/'));
  const newest = async () => {
    const page = { sort: 'name', offset: 0, limit: 10 } as const;
    return (await core.storage.repositories(account.id, page)).items.map((item) => item.newest);
  };
  await scanned(core, handle, { dates: false });
  expect(configs()).toEqual([]);
  expect(await newest()).toEqual([undefined, undefined, undefined]);
  registry.clearRequests();
  expect(await scanned(core, handle)).toMatchObject({ unread: 0 });
  // Two of the index and one that two repositories have.
  expect(configs()).toHaveLength(3);
  expect(requestsOf(registry).filter((request) => request.startsWith('GET /v2/team/app/manifests'))).toEqual(
    [],
  );
  const made = '2024-01-02T03:04:05Z';
  expect(await newest()).toEqual([made, made, made]);
  expect(await inventory.summaries(account.id, 'team/tool', ['2.0'])).toMatchObject([
    { created: made, platforms: [amd64] },
  ]);
  registry.clearRequests();
  await scanned(core, handle);
  expect(configs()).toEqual([]);
});

test('a config that is missing costs its image the date; where none can be had, the scan says so and ends', async () => {
  const { core, handle, registry, account, image, inventory } = await setUp();
  const dates = async () =>
    (await inventory.summaries(account.id, 'team/app', ['1.0'])).map(({ created }) => created);
  registry.inject({ kind: 'status', status: 401, when: { path: /blobs/ } });
  expect(await scanned(core, handle)).toMatchObject({
    status: 'done',
    tags: { done: 4, total: 4 },
    unread: 1,
    firstUnread: { code: 'unauthorized' },
  });
  expect(await dates()).toEqual([undefined]);
  registry.clearFaults();
  registry.inject({ kind: 'status', status: 404, when: { path: new RegExp(`${image.blobs[0]?.digest}$`) } });
  expect(await scanned(core, handle)).toMatchObject({
    status: 'done',
    unread: 0,
    undated: 1,
    firstUndated: { code: 'notFound' },
  });
  expect(await dates()).toEqual(['2024-01-02T03:04:05Z']);
});

test('a config that could not be read is asked for again when that is asked for, or after a week', async () => {
  let now = Date.parse('2026-11-26T12:00:00Z');
  const { core, handle, registry, account, image, inventory } = await setUp({ now: () => new Date(now) });
  const path = new RegExp(`${image.blobs[0]?.digest}$`);
  const asked = () => requestsOf(registry).filter((request) => path.test(request)).length;
  registry.inject({ kind: 'status', status: 404, when: { path } });
  const missing = { status: 'done', unread: 0, undated: 1, firstUndated: { code: 'notFound' } };
  expect(await scanned(core, handle)).toMatchObject(missing);
  expect(asked()).toBe(1);
  registry.clearRequests();
  // It is said again, and not asked for.
  now += 6 * DAY_MS;
  expect(await scanned(core, handle)).toMatchObject(missing);
  expect(asked()).toBe(0);
  expect(await scanned(core, handle, { retry: true })).toMatchObject(missing);
  expect(asked()).toBe(1);
  registry.clearFaults();
  now += 6 * DAY_MS;
  expect(await scanned(core, handle)).toMatchObject(missing);
  expect(asked()).toBe(1);
  now += 2 * DAY_MS;
  expect(await scanned(core, handle)).toMatchObject({ status: 'done', undated: 0 });
  expect(asked()).toBe(2);
  expect(await inventory.undatedConfigs(account.id, 'team/tool', 0)).toEqual([]);
});

test('a scan of a namespace looks into that only; tags that went are gone from the inventory', async () => {
  const { core, handle, registry, account, inventory } = await setUp();
  await scanned(core, handle);
  await plainRequest(registry, '/v2/team/app/manifests/1.0', { method: 'DELETE' });
  registry.clearRequests();
  expect(await scanned(core, handle, { namespace: 'team' })).toMatchObject({
    repositories: { done: 2, total: 2 },
  });
  expect(requestsOf(registry).filter((request) => request.includes('/other/'))).toEqual([]);
  expect(await inventory.ask('summary', { registry: account.id, repository: 'team/app' })).toMatchObject({
    tags: 1,
  });
});

test('a tag whose manifest cannot be read costs itself only, and is counted', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'status', status: 403, when: { path: /team\/app\/manifests\/1\.0$/ } });
  expect(await scanned(core, handle)).toMatchObject({
    status: 'done',
    repositories: { done: 3, total: 3 },
    tags: { done: 3, total: 4 },
    unread: 1,
    firstUnread: { code: 'denied', object: 'team/app:1.0' },
  });
});

test('an account that is locked may be scanned', async () => {
  const { core, account, registry } = await setUp();
  core.accounts.setReadOnly(account.id, true);
  registry.expectOnly('GET /v2/**', 'HEAD /v2/**');
  expect(await scanned(core, await core.accounts.handle(account.id))).toMatchObject({ status: 'done' });
});

test('a paused scan goes on where it was; meanwhile the registry is free for another', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'latency', ms: 60, when: {} });
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await expect(
    core.inventory.scan(handle, { repository: 'other', readManifests: false, dates: true }),
  ).rejects.toMatchObject({
    code: 'busy',
  });
  for await (const scan of core.inventory.watch({ signal: AbortSignal.timeout(15_000) }))
    if (scan.id === scanId && scan.tags.done > 0) break;
  await core.inventory.pause(scanId);
  expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'paused' });
  registry.clearFaults();
  await scanned(core, handle, { repository: 'other' });
  await core.inventory.resume(scanId);
  expect(await core.inventory.finished(scanId)).toMatchObject({
    id: scanId,
    status: 'done',
    repositories: { done: 3, total: 3 },
  });
});

test('a registry that cannot be reached ends the scan, which goes on later', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'status', status: 401, when: { path: /manifests/ } });
  const failed = await scanned(core, handle);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'unauthorized' } });
  registry.clearFaults();
  expect(await scanned(core, handle)).toMatchObject({
    id: failed.id,
    status: 'done',
    tags: { done: 4, total: 4 },
  });
});

test('two processes do not scan a registry at once; one pauses what the other works on', async () => {
  const { core, handle, registry, account } = await setUp();
  registry.inject({ kind: 'latency', ms: 200, when: {} });
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  const other = await testCore({ home: core.home });
  const same = await other.accounts.handle(account.id);
  await expect(
    other.inventory.scan(same, { repository: 'other', readManifests: false, dates: true }),
  ).rejects.toMatchObject({
    code: 'busy',
  });
  // Another core of this process has a mark of its own, as another process has.
  await other.inventory.pause(scanId);
  expect(await other.inventory.finished(scanId)).toMatchObject({ status: 'paused' });
  registry.clearFaults();
  await other.inventory.resume(scanId);
  expect(await other.inventory.finished(scanId)).toMatchObject({ id: scanId, status: 'done' });
});

test('a scan that ended with the program goes on by itself when a window is opened again', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'latency', ms: 100, when: {} });
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await core.close();
  registry.clearFaults();
  const window = await testCore({ home: core.home, host: 'browser' });
  // At first it may be seen as it was left.
  for await (const scan of window.inventory.watch({ signal: AbortSignal.timeout(50_000) }))
    if (scan.id === scanId && scan.status === 'done') return;
  throw new Error('It did not go on.');
});

test('a cancelled scan is over: the next one begins anew', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'latency', ms: 100, when: {} });
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await core.inventory.cancel(scanId);
  expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'cancelled' });
  registry.clearFaults();
  expect((await scanned(core, handle)).id).not.toBe(scanId);
});

test('a scan that a killed process left can be cancelled', async () => {
  const { core, handle, registry } = await setUp();
  registry.inject({ kind: 'latency', ms: 100, when: {} });
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await core.inventory.pause(scanId);
  // No process has such a number.
  fileOf(core)
    .prepare(
      "UPDATE scans SET owner = '4194305 @wharfinger-gone', scan = json_set(scan, '$.status', 'running')",
    )
    .run();
  expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'interrupted' });
  await core.inventory.cancel(scanId);
  expect(await core.inventory.finished(scanId)).toMatchObject({ status: 'cancelled' });
});

test('a scan whose end could not be stored keeps its registry from no other scan', async () => {
  const { core, handle } = await setUp();
  await scanned(core, handle);
  const file = fileOf(core);
  file.exec(
    `CREATE TRIGGER full BEFORE UPDATE ON scans WHEN new.owner IS NULL BEGIN SELECT RAISE(ABORT, 'full'); END`,
  );
  expect(await scanned(core, handle)).not.toMatchObject({ status: 'running' });
  file.exec('DROP TRIGGER full');
  expect(await scanned(core, handle, { repository: 'other' })).toMatchObject({ status: 'done' });
  expect(await scanned(core, handle)).toMatchObject({ status: 'done' });
});
