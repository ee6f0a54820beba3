import { expect, test } from 'vitest';
import type { Operation } from '../../src-main/common/operation.ts';
import { makeImage, makeMultiPlatform, sha256 } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, settingsFor, testCore, whenOperation } from './support/core.ts';
import { planCopy } from './support/plans.ts';

async function setUp() {
  const source = await startTestRegistry();
  const target = await startTestRegistry();
  const core = await testCore();
  const [from, to] = [await addAccount(core, source), await addAccount(core, target)];
  return {
    source,
    target,
    core,
    to,
    fromHandle: await core.accounts.handle(from.id),
    toHandle: await core.accounts.handle(to.id),
  };
}

async function manifestAt(registry: GuardedRegistry, repository: string, reference: string, accept: string) {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/${reference}`, {
    headers: { accept },
  });
  return reply.status === 200 ? sha256(reply.body) : undefined;
}

const place = (registry: Awaited<ReturnType<typeof setUp>>['fromHandle'], repository = 'team/app') => ({
  registry,
  repository,
});

test('an index is copied to another registry with everything it needs', async () => {
  const { source, target, core, fromHandle, toHandle } = await setUp();
  const index = await makeMultiPlatform();
  await push(index, source, 'team/app', '1.0');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1.0' },
    { ...place(toHandle, 'mirror/app'), tag: 'copied' },
  );
  const blobs = new Map(
    index.children.flatMap(({ blobs }) => blobs).map((blob) => [blob.digest, blob.bytes.length]),
  );
  const bytes = [...blobs.values()].reduce((a, b) => a + b, 0);
  expect(plan).toMatchObject({
    kind: 'copy',
    digest: index.digest,
    unchanged: false,
    manifests: 3,
    blobs: { send: { count: blobs.size, bytes }, mount: { count: 0 }, present: { count: 0 } },
  });
  expect(plan.replaces).toBeUndefined();
  expect(target.requests.some(({ method }) => method === 'PUT' || method === 'POST')).toBe(false);

  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    subject: { kind: 'copy', digest: index.digest, source: { reference: '1.0' }, target: { tag: 'copied' } },
    progress: { bytes: { done: bytes, total: bytes }, bytesSent: bytes, bytesMounted: 0, rate: 0 },
    actions: { undo: true },
  });
  expect(await manifestAt(target, 'mirror/app', 'copied', index.mediaType)).toBe(index.digest);

  const again = await planCopy(
    core,
    { ...place(fromHandle), reference: '1.0' },
    { ...place(toHandle, 'mirror/app'), tag: 'copied' },
  );
  expect(again).toMatchObject({ unchanged: true, replaces: index.digest });
  target.expectOnly('HEAD /v2/**');
  const nothing = await core.plans.start(again.id);
  expect(await core.operations.finished(nothing.operationId)).toMatchObject({ status: 'done' });
});

test('B5: an account says how much of a blob goes to its registry in one request', async () => {
  const { source, target, core, to } = await setUp();
  await push(await makeImage({ layers: { base: 250_000 } }), source, 'team/app', '1');
  const from = await core.accounts.forHost(source.url);
  const copied = async (repository: string) => {
    const plan = await planCopy(
      core,
      { ...place(from), reference: '1' },
      { ...place(await core.accounts.handle(to.id), repository), tag: '1' },
    );
    const { operationId } = await core.plans.start(plan.id);
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    return target.requests.flatMap(({ method, path, headers }) =>
      path.startsWith(`/v2/${repository}/`) && method === 'PATCH' ? [headers['content-range']] : [],
    );
  };
  const settings = settingsFor(target.url);
  expect(await copied('as-usual')).toEqual([]);
  const tooSmall = { ...settings, uploadChunk: 99_999 };
  await expect(core.accounts.update(to.id, tooSmall, {})).rejects.toMatchObject({ code: 'invalidInput' });
  await core.accounts.update(to.id, { ...settings, uploadChunk: 100_000 }, {});
  const stored = () => core.accounts.list().find(({ id }) => id === to.id)?.uploadChunk;
  expect(stored()).toBe(100_000);
  expect((await copied('in-pieces')).slice(0, 2)).toEqual(['0-99999', '100000-199999']);
  await core.accounts.update(to.id, settings, {});
  expect(stored()).toBeUndefined();
});

test('a retag moves no blob, and says what it replaces', async () => {
  const { source, core, fromHandle } = await setUp();
  const one = await makeImage({ name: 'one' });
  const two = await makeImage({ name: 'two' });
  await push(one, source, 'team/app', '1');
  await push(two, source, 'team/app', '2');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '2' },
    { ...place(fromHandle), tag: '1' },
  );
  expect(plan).toMatchObject({
    kind: 'retag',
    digest: two.digest,
    replaces: one.digest,
    blobs: { send: { count: 0 } },
  });
  source.clearRequests();
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    subject: { kind: 'retag', tag: '1', reference: '2', digest: two.digest },
  });
  expect(source.requests.some(({ path }) => path.includes('/blobs/'))).toBe(false);
  expect(await manifestAt(source, 'team/app', '1', two.mediaType)).toBe(two.digest);
});

test('between repositories of one registry blobs are mounted', async () => {
  const { source, core, fromHandle } = await setUp();
  await push(await makeImage(), source, 'team/app', '1');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1' },
    { ...place(fromHandle, 'team/other'), tag: '1' },
  );
  expect(plan).toMatchObject({ kind: 'copy', blobs: { mount: { count: 3 }, send: { count: 0 } } });
  const { operationId } = await core.plans.start(plan.id);
  const done = await core.operations.finished(operationId);
  expect(done).toMatchObject({ status: 'done', progress: { bytesSent: 0 } });
  expect(done.progress.bytesMounted).toBe(plan.blobs.mount.bytes);
});

test('a source or target tag that moved since the plan makes it stale', async () => {
  const { source, target, core, fromHandle, toHandle } = await setUp();
  const one = await makeImage({ name: 'one' });
  const two = await makeImage({ name: 'two' });
  await push(one, source, 'team/app', '1');
  const plan = () =>
    planCopy(core, { ...place(fromHandle), reference: '1' }, { ...place(toHandle), tag: '1' });
  const first = await plan();
  await push(two, target, 'team/app', '1');
  await expect(core.plans.start(first.id)).rejects.toMatchObject({ code: 'planStale' });
  await expect(core.plans.start(first.id)).rejects.toMatchObject({ code: 'planStale' });
  const second = await plan();
  await push(two, source, 'team/app', '1');
  await expect(core.plans.start(second.id)).rejects.toMatchObject({ code: 'planStale' });
  expect(core.operations.history(10)).toEqual([]);
});

test('a copy is cancelled with progress seen, tags nothing, and resumes without sending again', async () => {
  const { source, target, core, fromHandle, toHandle } = await setUp();
  const image = await makeImage({ layers: { small: 1000, large: 3_000_000 } });
  await push(image, source, 'team/app', '1');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1' },
    { ...place(toHandle), tag: '1' },
  );
  const large = image.blobs.find(({ bytes }) => bytes.length > 1_000_000)?.digest ?? '';
  const release = source.inject({
    kind: 'stall',
    afterBytes: 500_000,
    when: { method: 'GET', path: new RegExp(large) },
  });
  const { operationId } = await core.plans.start(plan.id);
  const some = await whenOperation(core, operationId, ({ progress }) => progress.bytesSent > 1000);
  expect(some.status).toBe('running');
  expect(some.progress.bytes.total).toBe(plan.blobs.send.bytes);
  await core.operations.cancel(operationId);
  expect(core.operations.get(operationId)).toMatchObject({ status: 'cancelled', ended: expect.any(String) });
  expect(await manifestAt(target, 'team/app', '1', image.mediaType)).toBeUndefined();
  release();
  target.clearRequests();
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await manifestAt(target, 'team/app', '1', image.mediaType)).toBe(image.digest);
});

test('a retried copy does not overwrite a tag that somebody else moved meanwhile', async () => {
  const { source, target, core, fromHandle, toHandle } = await setUp();
  await push(await makeImage({ name: 'one' }), source, 'team/app', '1');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1' },
    { ...place(toHandle), tag: '1' },
  );
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied', side: 'target' },
  });
  target.clearFaults();
  const theirs = await makeImage({ name: 'theirs' });
  await push(theirs, target, 'team/app', '1');
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'planStale' },
  });
  expect(await manifestAt(target, 'team/app', '1', theirs.mediaType)).toBe(theirs.digest);
});

test('an account with a running operation is not removed; its edit does not disturb the operation', async () => {
  const { source, core, to, fromHandle, toHandle } = await setUp();
  const image = await makeImage({ layers: { large: 2_000_000 } });
  await push(image, source, 'team/app', '1');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1' },
    { ...place(toHandle), tag: '1' },
  );
  const large = image.blobs.find(({ bytes }) => bytes.length > 1_000_000)?.digest ?? '';
  const slow = source.inject({ kind: 'slow', bytesPerSecond: 4_000_000, when: { path: new RegExp(large) } });
  const { operationId } = await core.plans.start(plan.id);
  await whenOperation(core, operationId, ({ status }) => status === 'running');
  await expect(core.accounts.remove(to.id)).rejects.toMatchObject({ code: 'busy' });
  await core.accounts.update(to.id, { ...to, proxy: { kind: 'system' } }, {});
  await core.accounts.handle(to.id);
  slow();
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  await core.accounts.remove(to.id);
});

test('watching reports snapshots that only grow, at most about ten a second, and the end', async () => {
  const { source, core, fromHandle, toHandle } = await setUp();
  await push(await makeImage({ layers: { large: 1_500_000 } }), source, 'team/app', '1');
  const plan = await planCopy(
    core,
    { ...place(fromHandle), reference: '1' },
    { ...place(toHandle), tag: '1' },
  );
  source.inject({ kind: 'slow', bytesPerSecond: 2_000_000, when: { method: 'GET', path: /blobs/ } });
  const seen: { operation: Operation; at: number }[] = [];
  const stop = new AbortController();
  const watching = (async () => {
    for await (const operation of core.operations.watch({ signal: stop.signal })) {
      seen.push({ operation, at: performance.now() });
    }
  })();
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  await whenOperation(core, operationId, ({ status }) => status === 'done');
  stop.abort();
  await watching;
  const sent = seen.map(({ operation }) => operation.progress.bytesSent);
  expect(sent).toEqual([...sent].sort((a, b) => a - b));
  expect(seen.at(-1)?.operation.status).toBe('done');
  expect(seen.some(({ operation }) => operation.status === 'running' && operation.progress.rate > 0)).toBe(
    true,
  );
  const running = seen.filter(({ operation }) => operation.status === 'running').map(({ at }) => at);
  const seconds = ((running.at(-1) ?? 0) - (running[0] ?? 0)) / 1000;
  expect(running.length).toBeLessThanOrEqual(3 + seconds * 12);
});
