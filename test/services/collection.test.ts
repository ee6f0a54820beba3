import { execFileSync } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { expect, test } from 'vitest';
import { createRouter } from '../../src-main/api/index.ts';
import { collectItem, collectOutcome } from '../../src-main/common/collection.ts';
import type { Core } from '../../src-main/services/index.ts';
import { freePort } from '../support/free-port.ts';
import { makeImage, type TestManifest } from '../support/images.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { all, testCore } from './support/core.ts';
import { planFor } from './support/plans.ts';
import { expectRecorded } from './support/record.ts';

/** A core with its local registry running; stopped and started again what was pushed is long ago to it. */
async function started(home?: string) {
  const core = await testCore(home === undefined ? {} : { home });
  const { account, state } = await core.localRegistry.start({ samples: false, port: await freePort() });
  return { core, account, url: state.url ?? '', folder: state.folder };
}

async function restart(core: Core): Promise<void> {
  await core.localRegistry.stop();
  await core.localRegistry.start({ samples: false });
}

async function collect(core: Core, untagged: boolean) {
  const plan = await core.collections.planFor(await core.localRegistry.handle(), { untagged });
  const { operationId } = await core.plans.start(plan.id);
  const operation = await core.operations.finished(operationId);
  return { plan, operation, outcome: collectOutcome.parse(operation.outcome) };
}

async function untag(url: string, repository: string, tag: string): Promise<void> {
  const deleted = await fetch(`${url}/v2/${repository}/manifests/${tag}`, { method: 'DELETE' });
  expect(deleted.status).toBe(202);
}

/** What became of each manifest of the plan. */
async function statesOf(core: Core, operationId: string): Promise<Map<string | null, string>> {
  const changes = (await all(core.operations.changes(operationId))).flat();
  return new Map(changes.map(({ before, state }) => [before, state]));
}

/** Bytes that files hold, as the system counts them; folders left out. */
function bytesIn(folder: string): number {
  const sizes = execFileSync('find', [folder, '-type', 'f', '-printf', '%s\n'], { encoding: 'utf8' });
  return sizes.split('\n').reduce((sum, size) => sum + Number(size), 0);
}

/** Of one layer, which no other one has. */
const image = (name: string) => makeImage({ name, layers: { [name]: 1_000 } });

const digestsOf = (images: readonly TestManifest[]) => images.map(({ digest }) => digest).sort();

test('what a deletion says becomes free is what a collection then frees on the disk', async () => {
  const { core, account, url, folder } = await started();
  const stays = await makeImage({ name: 'stays', layers: { base: 40_000, stays: 20_000 } });
  const goes = await makeImage({ name: 'goes', layers: { base: 40_000, goes: 70_000, too: 9_000 } });
  await push(stays, { url }, 'team/app', '1.0');
  await push(goes, { url }, 'team/app', '2.0');
  const registry = await core.accounts.handle(account.id);
  const plan = await planFor(core, registry, 'team/app', ['2.0']);
  expect(plan.summary.garbageCollection).toMatchObject({
    when: 'online',
    way: 'api',
    frees: ['localCollection'],
  });
  const { operationId } = await core.plans.start(plan.id, { consent: plan.needsConsent });
  expect((await core.operations.finished(operationId)).status).toBe('done');
  await restart(core);

  const before = bytesIn(path.join(folder, 'blobs'));
  const { outcome } = await collect(core, true);
  const after = bytesIn(path.join(folder, 'blobs'));
  expect(before - after).toBe(plan.summary.bytesFreed);
  expect(outcome.bytes).toBe(plan.summary.bytesFreed);
  expect(outcome.disk.before.allocated - outcome.disk.after.allocated).toBeGreaterThan(outcome.bytes);
});

test('a collection is a plan with its lines, an operation, a record with what it did, and no undo', async () => {
  const { core, url, folder, account } = await started();
  const images = await Promise.all(['a', 'b', 'c'].map(image));
  for (const [at, each] of images.entries()) await push(each, { url }, 'app', `v${at}`);
  for (const tag of ['v0', 'v1']) await untag(url, 'app', tag);
  await restart(core);

  const api = createRouterClient(createRouter(core));
  expect(await api.localRegistry.usage()).toMatchObject({
    referenced: { count: 9 },
    orphaned: { count: 0, bytes: 0 },
    untagged: { count: 2 },
  });
  const none = await api.localRegistry.planCollection({ untagged: false });
  expect(none.items.total).toBe(0);
  const plan = await api.localRegistry.planCollection({ untagged: true });
  expect(plan.subject).toMatchObject({ untagged: true, manifests: 2, files: 6 });
  const { items } = await api.plans.items({ planId: plan.id, offset: 0, limit: 100 });
  const lines = items.map((item) => collectItem.parse(item));
  expect(lines.map(({ state }) => state)).toEqual([
    ...['manifest', 'manifest', 'unused'],
    ...Array.from({ length: 6 }, () => 'blob'),
  ]);
  const named = lines.filter(({ state }) => state === 'manifest').map(({ digest }) => digest);
  expect(named.sort()).toEqual(digestsOf(images.slice(0, 2)));
  expect(lines.find(({ state }) => state === 'unused')?.size).toBe(plan.summary.bytes);

  const { operationId } = await api.plans.start({ planId: plan.id });
  const operation = await core.operations.finished(operationId);
  expect(operation).toMatchObject({
    status: 'done',
    title: `collect garbage of ${new URL(url).host}, manifests without a tag too`,
    actions: { undo: false },
    progress: { steps: { done: 3, total: 3 }, bytes: { done: plan.summary.bytes } },
    outcome: { manifests: 2, blobs: { count: 6 }, bytes: plan.summary.bytes },
  });
  expect(core.operations.history(10).find(({ id }) => id === operationId)?.outcome).toEqual(
    operation.outcome,
  );
  const { items: recorded } = core.audit.changes(operationId, { offset: 0, limit: 10 });
  expect(recorded.map(({ before }) => before).sort()).toEqual(named);
  expect(recorded[0]).toMatchObject({ repository: 'app', after: null });
  await expectRecorded(core);
  const expected = images.slice(0, 2).map(({ digest }) => [digest, 'done'] as const);
  expect(await statesOf(core, operationId)).toEqual(new Map(expected));
  expect(bytesIn(path.join(folder, 'blobs'))).toBe(plan.summary.kept.content.bytes);
  await expect(core.plans.planUndo(operationId)).rejects.toMatchObject({ code: 'unsupported' });

  core.accounts.setReadOnly(account.id, true);
  await expect(api.localRegistry.planCollection({ untagged: true })).rejects.toMatchObject({
    data: { code: 'readOnly' },
  });
});

test('a manifest that got a tag after the plan is left alone, and what is new without one is not taken', async () => {
  const { core, url } = await started();
  const [back, gone, later] = [await image('back'), await image('gone'), await image('later')];
  await push(back, { url }, 'app', 'back');
  await push(gone, { url }, 'app', 'gone');
  await push(later, { url }, 'app', 'later');
  for (const tag of ['back', 'gone']) await untag(url, 'app', tag);
  await restart(core);
  const plan = await core.collections.planFor(await core.localRegistry.handle(), { untagged: true });
  await push(back, { url }, 'app', 'again');
  await untag(url, 'app', 'later');
  await restart(core);

  const { operationId } = await core.plans.start(plan.id);
  const operation = await core.operations.finished(operationId);
  expect(operation).toMatchObject({ status: 'done', failure: { code: 'planStale' } });
  expect(collectOutcome.parse(operation.outcome).manifests).toBe(1);
  expect(await statesOf(core, operationId)).toEqual(
    new Map([
      [back.digest, 'leftAlone'],
      [gone.digest, 'done'],
    ]),
  );
  for (const { digest } of [back, later])
    expect((await fetch(`${url}/v2/app/manifests/${digest}`)).status).toBe(200);
  expect((await fetch(`${url}/v2/app/manifests/${gone.digest}`)).status).toBe(404);
});

test('also where the registry is stopped, and where another process runs it', async () => {
  const home = await temporaryFolder();
  const { core, url, folder } = await started(home);
  const app = await image('app');
  await push(app, { url }, 'app', 'v1');
  await untag(url, 'app', 'v1');
  await restart(core);
  // Another core has no registry of its own: as a command does beside a window.
  const other = await testCore({ home });
  const { outcome } = await collect(other, true);
  expect(outcome).toMatchObject({ manifests: 1, blobs: { count: 3 } });
  expect(await other.collections.usage()).toEqual(await core.collections.usage());

  await push(app, { url }, 'app', 'v1');
  await untag(url, 'app', 'v1');
  await core.localRegistry.stop();
  expect((await collect(other, true)).outcome.blobs.count).toBe(3);
  const files = await readdir(path.join(folder, 'blobs'), { recursive: true, withFileTypes: true });
  expect(files.filter((file) => file.isFile())).toEqual([]);
  expect((await core.localRegistry.start({ samples: false })).state.running).toBe(true);
});

test('before it was ever started there is nothing to collect', async () => {
  const core = await testCore();
  const plan = await core.collections.planFor(await core.localRegistry.handle(), { untagged: true });
  expect(plan).toMatchObject({ items: { total: 0 }, summary: { bytes: 0 } });
});
