import { expect, test } from 'vitest';
import {
  type SyncPlan,
  type SyncRules,
  type TransferItem,
  transferItem,
} from '../../src-main/common/transfer.ts';
import type { Core, RegistryHandle } from '../../src-main/services/index.ts';
import { makeImage, makeMultiPlatform, sha256, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, settingsFor, testCore, whenOperation } from './support/core.ts';
import { everything, planFor, planSync } from './support/plans.ts';

interface Sides {
  core: Core & { home: string };
  source: GuardedRegistry;
  target: GuardedRegistry;
  from: RegistryHandle;
  to: RegistryHandle;
  ids: { source: string; target: string };
}

async function setUp(): Promise<Sides> {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const core = await testCore();
  const [one, two] = [await addAccount(core, source), await addAccount(core, target)];
  return {
    core,
    source,
    target,
    from: await core.accounts.handle(one.id),
    to: await core.accounts.handle(two.id),
    ids: { source: one.id, target: two.id },
  };
}

async function planned(
  { core, from, to }: Sides,
  definition: Partial<SyncRules> = {},
  savedId?: string,
): Promise<SyncPlan> {
  return await planSync(core, from, to, { ...everything, ...definition }, { savedId });
}

const targetsOf = (core: Core, plan: SyncPlan, state?: TransferItem['state']): string[] =>
  core.plans
    .items(plan.id, { state, offset: 0, limit: 1000 })
    .items.map((item) => transferItem.parse(item).target)
    .map(({ repository, tag }) => `${repository}:${tag}`);

async function digestAt(
  registry: GuardedRegistry,
  repository: string,
  tag: string,
): Promise<string | undefined> {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/${tag}`);
  return reply.status === 200 ? sha256(reply.body) : undefined;
}

async function finish(core: Core, plan: SyncPlan) {
  const { operationId } = await core.plans.start(plan.id);
  return await core.operations.finished(operationId);
}

test('a whole registry is synchronised, and then all of it is the same', async () => {
  const sides = await setUp();
  const { core, source, target } = sides;
  const [index, image] = [await makeMultiPlatform(), await makeImage({ name: 'other' })];
  await push(index, source, 'team/app', '1.0');
  await push(index, source, 'team/app', 'latest');
  await push(image, source, 'tools/cli', 'edge');
  const plan = await planned(sides);
  expect(plan).toMatchObject({
    kind: 'sync',
    items: { total: 3, by: { new: 3, changed: 0, same: 0, kept: 0, refused: 0 } },
    subject: { source: { account: sides.ids.source } },
    summary: { repositories: 2, onlyAtTarget: [] },
  });
  expect(plan.summary.blobs.send.count).toBeGreaterThan(0);
  expect(target.requests.some(({ method }) => ['PUT', 'POST', 'PATCH'].includes(method))).toBe(false);
  const done = await finish(core, plan);
  expect(done).toMatchObject({
    status: 'done',
    subject: { kind: 'sync', repositories: ['team/app', 'tools/cli'], tags: 3 },
    progress: { steps: { done: 3, total: 3 } },
  });
  expect(await digestAt(target, 'team/app', 'latest')).toBe(index.digest);
  expect(await digestAt(target, 'tools/cli', 'edge')).toBe(image.digest);
  expect(core.operations.items(done.id, { offset: 1, limit: 1 })).toMatchObject({
    total: 3,
    items: [{ number: 1, state: 'done', source: { repository: 'team/app', reference: 'latest' } }],
  });

  target.clearRequests();
  const again = await planned(sides);
  expect(again.items.by).toEqual({ new: 0, changed: 0, same: 3, kept: 0, refused: 0 });
  expect(target.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD', 'HEAD']);
});

test('patterns, version ranges and names at the target choose what goes where', async () => {
  const sides = await setUp();
  const { core, source } = sides;
  const image = await makeImage();
  for (const [repository, tags] of [
    ['team/app', ['1.0.0', 'v1.4', '2.0.0', '2', '2.1.0-rc.1', 'latest', `sha256-${'a'.repeat(64)}.sig`]],
    ['team/old', ['1.1.0']],
    ['tools/cli', ['1.1.0']],
    ['base', ['1.3.0']],
  ] as const)
    for (const tag of tags) await push(image, source, repository, tag);

  const some = await planned(sides, {
    repositories: ['team/*', 'base'],
    excludeRepositories: ['*/old'],
    versions: '>=1.0 <2.1',
    rename: 'mirror/{namespace}/{name}',
  });
  expect(targetsOf(core, some)).toEqual([
    'mirror/base:1.3.0',
    'mirror/team/app:1.0.0',
    'mirror/team/app:2.0.0',
    'mirror/team/app:v1.4',
  ]);
  const byTag = await planned(sides, {
    repositories: ['team/app'],
    tags: ['2.*', 'la*'],
    excludeTags: ['*-rc.*'],
  });
  expect(targetsOf(core, byTag).sort()).toEqual(['team/app:2.0.0', 'team/app:latest']);
  // Cosign's tags go along with their images or not at all.
  const plain = await planned(sides, { repositories: ['team/app'] });
  expect(targetsOf(core, plain).some((place) => place.includes('.sig'))).toBe(false);

  for (const [wrong, words] of [
    [{ versions: 'not a range' }, /range/],
    [{ rename: 'UPPER/{repository}' }, /no name/],
    [{ rename: 'one' }, /both become/],
  ] as const)
    await expect(planned(sides, wrong)).rejects.toMatchObject({
      code: 'invalidInput',
      reason: expect.stringMatching(words),
    });
});

test('a repository named in full needs no list of the registry', async () => {
  const sides = await setUp();
  await push(await makeImage(), sides.source, 'team/app', '1');
  sides.source.setLimits({ catalog: false });
  expect((await planned(sides, { repositories: ['team/app'] })).items.by.new).toBe(1);
  await expect(planned(sides)).rejects.toMatchObject({ code: 'denied' });
});

test('new tags only, and tags that only the target has', async () => {
  const sides = await setUp();
  const { core, source, target } = sides;
  const [old, fresh] = [await makeImage({ name: 'old' }), await makeImage({ name: 'fresh' })];
  await push(fresh, source, 'team/app', '1');
  await push(fresh, source, 'team/app', '2');
  await push(old, target, 'team/app', '1');
  await push(old, target, 'team/app', '0');
  await push(old, target, 'other/app', '0');
  const plan = await planned(sides, { newOnly: true, prune: true, repositories: ['team/**'] });
  expect(targetsOf(core, plan, 'kept')).toEqual(['team/app:1']);
  expect(targetsOf(core, plan, 'new')).toEqual(['team/app:2']);
  expect(plan.summary.onlyAtTarget).toEqual([{ repository: 'team/app', tags: ['0'], kept: ['1', '2'] }]);
  expect(await finish(core, plan)).toMatchObject({ status: 'done' });
  // Deleting is a plan of its own.
  expect(await digestAt(target, 'team/app', '0')).toBe(old.digest);
  expect(await digestAt(target, 'team/app', '1')).toBe(old.digest);
});

test('one tag that fails is reported by name, the others are copied, and retrying does the rest', async () => {
  const sides = await setUp();
  const { core, source, target } = sides;
  const images: Record<string, TestManifest> = {};
  for (const tag of ['a', 'b', 'c']) {
    images[tag] = await makeImage({ name: tag, layers: { [tag]: 900 } });
    await push(images[tag], source, 'team/app', tag);
  }
  const plan = await planned(sides);
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /manifests\/b$/ } });
  const failed = await finish(core, plan);
  expect(failed).toMatchObject({ status: 'failed', failure: { code: 'denied', side: 'target' } });
  expect(core.operations.get(failed.id).counts).toEqual({ done: 2, failed: 1, total: 3 });
  expect(core.operations.items(failed.id, { state: 'failed', offset: 0, limit: 10 })).toMatchObject({
    total: 1,
    items: [{ target: { tag: 'b' }, failure: { code: 'denied' } }],
  });
  expect(await digestAt(target, 'team/app', 'c')).toBe(images.c?.digest);
  target.clearFaults();
  target.clearRequests();
  await core.operations.retry(failed.id);
  expect(await core.operations.finished(failed.id)).toMatchObject({ status: 'done' });
  expect(target.requests.some(({ path }) => path.includes('/blobs/'))).toBe(false);
  expect(await digestAt(target, 'team/app', 'b')).toBe(images.b?.digest);
});

test('transfer-13: a paused transfer goes on where it was, in the middle of a blob', async () => {
  const sides = await setUp();
  const { core, source, target } = sides;
  const image = await makeImage({ layers: { small: 1000, large: 3_000_000 } });
  await push(image, source, 'team/app', '1');
  const plan = await planned(sides);
  const large = image.blobs.find(({ bytes }) => bytes.length > 1_000_000)?.digest ?? '';
  const release = source.inject({
    kind: 'stall',
    afterBytes: 1_500_000,
    when: { method: 'GET', path: new RegExp(large) },
  });
  const { operationId } = await core.plans.start(plan.id);
  const watching = core.operations.watchDetails(operationId);
  for await (const { active } of watching) if (active.some(({ sent }) => sent > 1_000_000)) break;
  await core.operations.pause(operationId);
  expect(core.operations.get(operationId)).toMatchObject({ status: 'paused' });
  expect(await digestAt(target, 'team/app', '1')).toBeUndefined();
  release();
  source.clearRequests();
  target.clearRequests();
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await digestAt(target, 'team/app', '1')).toBe(image.digest);
  // The upload that was cut may be reported only now: it is not one that was answered.
  const answered = target.requests.filter(({ status }) => status === 201);
  const sentAgain = answered.reduce((sum, { requestBytes }) => sum + requestBytes, 0);
  expect(sentAgain).toBeLessThan(2_200_000);
  expect(source.requests.filter(({ path }) => path.includes('/blobs/')).map(({ path }) => path)).toEqual([
    `/v2/team/app/blobs/${large}`,
  ]);
});

test('a window goes on by itself with what ended with the program, but not with what was paused', async () => {
  const sides = await setUp();
  const { core, source, target } = sides;
  const image = await makeImage({ layers: { large: 2_000_000 } });
  for (const tag of ['one', 'two']) await push(image, source, `team/${tag}`, '1');
  const stall = { kind: 'stall', afterBytes: 500_000, when: { method: 'GET', path: /blobs/ } } as const;
  const release = source.inject(stall);
  const ids: string[] = [];
  for (const repositories of [['team/one'], ['team/two']]) {
    const plan = await planned(sides, { repositories });
    const { operationId } = await core.plans.start(plan.id);
    await whenOperation(core, operationId, ({ progress }) => progress.bytesSent > 100_000);
    ids.push(operationId);
  }
  const [running = '', paused = ''] = ids;
  await core.operations.pause(paused);
  await core.close();
  release();
  const window = await testCore({ home: core.home, host: 'browser' });
  expect(await window.operations.finished(running)).toMatchObject({ status: 'done' });
  expect(window.operations.get(paused)).toMatchObject({ status: 'paused' });
  expect(await digestAt(target, 'team/one', '1')).toBe(image.digest);
  expect(await digestAt(target, 'team/two', '1')).toBeUndefined();
});

test('saved synchronisations are kept, changed, run and removed', async () => {
  const sides = await setUp();
  const { core, ids, source } = sides;
  await push(await makeImage(), source, 'team/app', '1');
  const definition = { ...everything, ...ids, repositories: ['team/**'] };
  const saved = core.transfers.save({ name: 'Nightly', definition });
  expect(core.transfers.saved()).toEqual([saved]);
  const plan = await planned(sides, saved.definition, saved.id);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  const changed = core.transfers.save({
    id: saved.id,
    name: 'Weekly',
    definition: { ...definition, newOnly: true },
  });
  expect(changed).toMatchObject({
    id: saved.id,
    name: 'Weekly',
    created: saved.created,
    lastOperationId: operationId,
  });
  core.transfers.removeSaved(saved.id);
  expect(core.transfers.saved()).toEqual([]);
});

test('a registry locked read-only takes nothing, and one registry is not synchronised with itself', async () => {
  const sides = await setUp();
  const { core, source, from } = sides;
  await push(await makeImage(), source, 'team/app', '1');
  const locked = await core.accounts.add(
    settingsFor(sides.target.url, {
      name: 'Locked',
      readOnly: true,
      signIn: { kind: 'password', username: 'u' },
    }),
    { password: 'p' },
  );
  await expect(planned({ ...sides, to: await core.accounts.handle(locked.id) })).rejects.toMatchObject({
    code: 'readOnly',
  });
  await expect(planned({ ...sides, to: from })).rejects.toMatchObject({ code: 'invalidInput' });
});

test('B9: a target that is also a source is refused, with both names', async () => {
  const sides = await setUp();
  const { source, from } = sides;
  await push(await makeImage(), source, 'a/x', '1');
  const within = { ...sides, to: from };
  await expect(planned(within, { repositories: ['a/**'], rename: 'a/{repository}' })).rejects.toMatchObject({
    code: 'invalidInput',
    reason: expect.stringContaining('"a/x" would become "a/a/x"'),
  });
  // Elsewhere, or where the place is excepted, it is an ordinary copy.
  for (const definition of [
    { repositories: ['a/**'], rename: 'b/{repository}' },
    { repositories: ['a/**'], excludeRepositories: ['a/a/**'], rename: 'a/{repository}' },
  ])
    expect((await planned(within, definition)).items.by.new).toBe(1);
  expect((await planned(sides, { repositories: ['a/**'], rename: 'a/{repository}' })).items.by.new).toBe(1);
});

test('B8: deleting what only the target has leaves whole what the same synchronisation copied or found', async () => {
  const sides = await setUp();
  const { core, source, target, to } = sides;
  const shared = await makeImage({ name: 'shared' });
  await push(shared, source, 'team/app', '1');
  await push(shared, target, 'team/app', 'old-name');
  await push(await makeImage({ name: 'own' }), target, 'team/app', 'gone');
  const plan = await planned(sides, { prune: true });
  await finish(core, plan);
  // Neither by its name nor by a placeholder: a tag goes with its digest only.
  target.setLimits({ deleteByTag: false });
  target.inject({ kind: 'status', status: 403, when: { method: 'PUT' } });
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const [{ repository, tags, kept } = { repository: '', tags: [], kept: [] }] = plan.summary.onlyAtTarget;
  expect([tags, kept]).toEqual([['gone', 'old-name'], ['1']]);
  const deletion = await planFor(core, to, repository, tags, { kept });
  expect(deletion).toMatchObject({
    asked: ['gone'],
    alsoRemoved: [],
    needsConsent: false,
    spared: [{ tag: 'old-name', along: ['1'] }],
  });
  const { operationId } = await core.plans.start(deletion.id, { consent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await digestAt(target, repository, 'gone')).toBeUndefined();
  for (const tag of ['1', 'old-name']) expect(await digestAt(target, repository, tag)).toBe(shared.digest);
  expect(await planFor(core, to, repository, ['old-name'], { kept })).toMatchObject({
    asked: [],
    manifests: [],
    spared: [{ tag: 'old-name' }],
  });
});
