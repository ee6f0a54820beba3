import { describe, expect, test } from 'vitest';
import { makeImage, makeMultiPlatform, sha256, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, all, testCore, whenOperation } from './support/core.ts';
import { planCopy, planFor, startUndo } from './support/plans.ts';

async function setUp(options: Parameters<typeof startTestRegistry>[0] = {}, now?: () => Date) {
  const registry = await startTestRegistry(options);
  const core = await testCore({ now });
  const account = await addAccount(core, registry);
  return { registry, core, account, handle: await core.accounts.handle(account.id) };
}

async function tagsOf(registry: GuardedRegistry, repository: string): Promise<string[]> {
  const reply = await plainRequest(registry, `/v2/${repository}/tags/list`);
  return reply.status === 404 ? [] : (JSON.parse(reply.body.toString()).tags ?? []).sort();
}

async function digestOf(registry: GuardedRegistry, repository: string, reference: string) {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/${reference}`, { method: 'HEAD' });
  return reply.status === 200 ? reply.headers['docker-content-digest'] : undefined;
}

async function pushTags(registry: GuardedRegistry, image: TestManifest, ...tags: string[]) {
  for (const tag of tags) await push(image, registry, 'team/app', tag);
}

test('one tag of several on a digest goes alone, and comes back with undo', async () => {
  const { registry, core, account, handle } = await setUp();
  const image = await makeImage();
  await pushTags(registry, image, '1.0', 'latest');
  await all(core.catalog.tags(handle, 'team/app'));
  const plan = await planFor(core, handle, 'team/app', ['latest']);
  expect(plan).toMatchObject({
    place: { account: account.id, host: `127.0.0.1:${registry.port}`, repository: 'team/app' },
    tagsAlone: [{ tag: 'latest', digest: image.digest, siblings: ['1.0'] }],
    manifests: [],
    alsoRemoved: [],
    needsConsent: false,
  });
  expect(await tagsOf(registry, 'team/app')).toEqual(['1.0', 'latest']);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    actions: { undo: true },
    subject: { kind: 'delete', tags: ['latest'], manifests: [] },
    progress: { steps: { done: 1, total: 1 } },
  });
  expect(await tagsOf(registry, 'team/app')).toEqual(['1.0']);
  await expect.poll(() => core.catalog.search('app latest', 10)).toEqual({ places: [], waiting: 0 });

  const watched = new AbortController();
  const snapshots: boolean[] = [];
  const watching = (async () => {
    for await (const seen of core.operations.watch({ signal: watched.signal })) {
      if (seen.id !== operationId) continue;
      snapshots.push(seen.actions.undo);
      // Whoever watches learns that it can be taken back only once.
      if (!seen.actions.undo) watched.abort();
    }
  })();
  const undo = await startUndo(core, operationId);
  await watching;
  expect(snapshots.at(-1)).toBe(false);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'done',
    subject: { kind: 'restore', tags: ['latest'] },
  });
  expect(await digestOf(registry, 'team/app', 'latest')).toBe(image.digest);
  expect(core.operations.get(operationId).actions.undo).toBe(false);
  await expect(startUndo(core, operationId)).rejects.toMatchObject({ code: 'unsupported' });
});

test('an index goes with all its tags and comes back with its children and its exact bytes', async () => {
  const { registry, core, handle } = await setUp();
  const index = await makeMultiPlatform();
  await pushTags(registry, index, '1.0', 'latest');
  const plan = await planFor(core, handle, 'team/app', ['1.0', 'latest']);
  expect(plan.manifests).toMatchObject([{ digest: index.digest, tags: ['1.0', 'latest'] }]);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    actions: { undo: true },
  });
  expect(await tagsOf(registry, 'team/app')).toEqual([]);
  // The registry's garbage collection took the children, the blobs are still there.
  for (const child of index.children) {
    await plainRequest(registry, `/v2/team/app/manifests/${child.digest}`, { method: 'DELETE' });
  }
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await tagsOf(registry, 'team/app')).toEqual(['1.0', 'latest']);
  const back = await plainRequest(registry, '/v2/team/app/manifests/latest', {
    headers: { accept: index.mediaType },
  });
  expect(sha256(back.body)).toBe(index.digest);
  for (const child of index.children)
    expect(await digestOf(registry, 'team/app', child.digest)).toBe(child.digest);
});

describe('a registry that deletes by digest only', () => {
  const limits = { limits: { deleteByTag: false } };

  test('B8: one tag goes alone by a placeholder, without any consent, and undo restores its digest', async () => {
    const { registry, core, handle } = await setUp(limits);
    const image = await makeImage();
    await pushTags(registry, image, '1.0', 'latest');
    const plan = await planFor(core, handle, 'team/app', ['latest']);
    expect(plan).toMatchObject({
      aloneBy: 'placeholder',
      tagsAlone: [{ tag: 'latest', digest: image.digest, siblings: ['1.0'] }],
      manifests: [],
      alsoRemoved: [],
      needsConsent: false,
    });
    const { operationId } = await core.plans.start(plan.id, { consent: false });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    expect(await tagsOf(registry, 'team/app')).toEqual(['1.0']);
    expect(await digestOf(registry, 'team/app', '1.0')).toBe(image.digest);
    const undo = await startUndo(core, operationId);
    await core.operations.finished(undo.operationId);
    expect(await digestOf(registry, 'team/app', 'latest')).toBe(image.digest);
  });

  test('transfer-20: where nothing can be pushed the siblings go along: named, and only with a second consent', async () => {
    const { registry, core, handle } = await setUp(limits);
    const image = await makeImage();
    await pushTags(registry, image, '1.0', 'latest');
    registry.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
    const plan = await planFor(core, handle, 'team/app', ['latest']);
    expect(plan).toMatchObject({ alsoRemoved: ['1.0'], needsConsent: true, tagsAlone: [] });
    await expect(core.plans.start(plan.id, { consent: false })).rejects.toMatchObject({
      code: 'consentNeeded',
    });
    expect(await tagsOf(registry, 'team/app')).toEqual(['1.0', 'latest']);
    const { operationId } = await core.plans.start(plan.id, { consent: true });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      subject: { tags: ['1.0', 'latest'] },
    });
    expect(await tagsOf(registry, 'team/app')).toEqual([]);
    const undo = await startUndo(core, operationId);
    await core.operations.finished(undo.operationId);
    expect(await tagsOf(registry, 'team/app')).toEqual(['1.0', 'latest']);
  });

  test('with a tag that came to the digest after the plan: stale, nothing is deleted', async () => {
    const { registry, core, handle } = await setUp(limits);
    const image = await makeImage();
    await pushTags(registry, image, 'old');
    const plan = await planFor(core, handle, 'team/app', ['old']);
    await pushTags(registry, image, 'production');
    await expect(core.plans.start(plan.id, { consent: true })).rejects.toMatchObject({ code: 'planStale' });
    expect(await tagsOf(registry, 'team/app')).toEqual(['old', 'production']);
    expect(core.operations.history(10)).toEqual([]);
  });
});

test('a tag that moved or went since the plan makes it stale', async () => {
  const { registry, core, handle } = await setUp();
  await pushTags(registry, await makeImage({ name: 'one' }), 'a', 'b');
  const moved = await planFor(core, handle, 'team/app', ['a']);
  const gone = await planFor(core, handle, 'team/app', ['b']);
  await pushTags(registry, await makeImage({ name: 'two' }), 'a');
  await expect(core.plans.start(moved.id, { consent: true })).rejects.toMatchObject({ code: 'planStale' });
  await plainRequest(registry, '/v2/team/app/manifests/b', { method: 'DELETE' });
  await expect(core.plans.start(gone.id, { consent: true })).rejects.toMatchObject({ code: 'planStale' });
  expect(await tagsOf(registry, 'team/app')).toEqual(['a']);
});

test('a plan can be started once, and expires after a quarter of an hour', async () => {
  let now = new Date('2026-01-01T00:00:00Z');
  const { registry, core, handle } = await setUp({}, () => now);
  await pushTags(registry, await makeImage(), 'a', 'b');
  const plan = await planFor(core, handle, 'team/app', ['a']);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  await expect(core.plans.start(plan.id, { consent: false })).rejects.toMatchObject({ code: 'planExpired' });
  await core.operations.finished(operationId);
  const late = await planFor(core, handle, 'team/app', ['b']);
  now = new Date('2026-01-01T00:15:00Z');
  await expect(core.plans.start(late.id, { consent: false })).rejects.toMatchObject({ code: 'planExpired' });
  expect(await tagsOf(registry, 'team/app')).toEqual(['b']);
});

test('a locked account: nothing is planned, started, retried or undone', async () => {
  const { registry, core, account, handle } = await setUp();
  await pushTags(registry, await makeImage(), 'a', 'b');
  const first = await planFor(core, handle, 'team/app', ['a']);
  const { operationId } = await core.plans.start(first.id, { consent: false });
  await core.operations.finished(operationId);
  const plan = await planFor(core, handle, 'team/app', ['b']);
  core.accounts.setReadOnly(account.id, true);
  registry.expectOnly();
  await expect(core.plans.start(plan.id, { consent: true })).rejects.toMatchObject({ code: 'readOnly' });
  const locked = await core.accounts.handle(account.id);
  await expect(planFor(core, locked, 'team/app', ['b'])).rejects.toMatchObject({ code: 'readOnly' });
  await expect(
    planCopy(
      core,
      { registry: locked, repository: 'team/app', reference: 'b' },
      { registry: locked, repository: 'team/app', tag: 'c' },
    ),
  ).rejects.toMatchObject({ code: 'readOnly' });
  // The plan of an undo says what it would be; it asks and does nothing.
  registry.expectOnly('HEAD /v2/team/app/**');
  await expect(startUndo(core, operationId)).rejects.toMatchObject({ code: 'readOnly' });
});

test('manifests of a repository without tags go by digest, also where their registry then lists none and answers 404', async () => {
  const { registry, core, handle } = await setUp();
  const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
  for (const one of [image, other]) await push(one, registry, 'team/app');
  registry.inject({ kind: 'status', status: 404, when: { path: /team\/app\/tags\/list/ } });
  const plan = await planFor(core, handle, 'team/app', [], { digests: [image.digest] });
  expect(plan).toMatchObject({ manifests: [{ digest: image.digest, tags: [] }], needsConsent: false });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, 'team/app', image.digest)).toBeUndefined();
  expect(await digestOf(registry, 'team/app', other.digest)).toBe(other.digest);
  await core.operations.finished((await startUndo(core, operationId)).operationId);
  expect(await digestOf(registry, 'team/app', image.digest)).toBe(image.digest);
});

test('what is not there cannot be deleted, and the error names it', async () => {
  const { registry, core, handle } = await setUp();
  await push(await makeImage(), registry, 'team/app');
  const absent = sha256(Buffer.from('absent'));
  const failing = (repository: string, tags: string[], digests: string[] = []) =>
    expect(planFor(core, handle, repository, tags, { digests })).rejects;
  await failing('team/none', ['1']).toMatchObject({ code: 'notFound', status: 404 });
  await failing('team/none', [], [absent]).toMatchObject({ code: 'notFound', status: 404 });
  await failing('team/app', [], [absent]).toMatchObject({ code: 'notFound', reason: /manifest/ });
  await failing('team/app', ['1']).toMatchObject({ code: 'notFound', reason: 'There is no tag 1.' });
});

test('a tag that moved before its step is left alone, and the failure says so', async () => {
  const { registry, core, handle } = await setUp();
  await pushTags(registry, await makeImage({ name: 'shared' }), 'a', 'b', 'keep');
  const plan = await planFor(core, handle, 'team/app', ['a', 'b']);
  expect(plan.tagsAlone.map(({ tag }) => tag)).toEqual(['a', 'b']);
  const allow = registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE', path: /\/b$/ } });
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied' },
  });
  allow();
  const other = await makeImage({ name: 'other' });
  await pushTags(registry, other, 'b');
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'planStale', reason: expect.stringContaining('1 of 2 steps failed') },
    actions: { undo: true },
  });
  expect(await digestOf(registry, 'team/app', 'b')).toBe(other.digest);
  expect(await tagsOf(registry, 'team/app')).toEqual(['b', 'keep']);
});

test('undo leaves a tag alone that points elsewhere by now, and says so', async () => {
  const { registry, core, handle } = await setUp();
  const image = await makeImage({ name: 'old' });
  await pushTags(registry, image, 'a', 'b');
  const plan = await planFor(core, handle, 'team/app', ['a', 'b']);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  await core.operations.finished(operationId);
  const newer = await makeImage({ name: 'newer' });
  await pushTags(registry, newer, 'a');
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    failure: { code: 'planStale', reason: expect.stringContaining('left alone') },
  });
  expect(await digestOf(registry, 'team/app', 'a')).toBe(newer.digest);
  expect(await digestOf(registry, 'team/app', 'b')).toBe(image.digest);
});

test('a refused step fails the operation, the other steps are done, and retry does what is left', async () => {
  const { registry, core, handle } = await setUp();
  await pushTags(registry, await makeImage({ name: 'one' }), 'a');
  const two = await makeImage({ name: 'two' });
  await pushTags(registry, two, 'b');
  const plan = await planFor(core, handle, 'team/app', ['a', 'b']);
  registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE', path: new RegExp(two.digest) } });
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied', reason: expect.stringContaining('1 of 2 steps failed') },
    progress: { steps: { done: 1, total: 2 } },
    actions: { undo: true },
  });
  expect(await tagsOf(registry, 'team/app')).toHaveLength(1);
  registry.clearFaults();
  registry.clearRequests();
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    progress: { steps: { done: 2, total: 2 } },
  });
  const deleted = registry.requests.filter(({ method }) => method === 'DELETE').map(({ path }) => path);
  expect(deleted).toEqual([`/v2/team/app/manifests/${two.digest}`]);
  expect(await tagsOf(registry, 'team/app')).toEqual([]);
  expect(core.operations.get(operationId).failure).toBeUndefined();
});

test('a cancelled deletion stops, keeps what it did not reach, and can be run again', async () => {
  const { registry, core, handle } = await setUp();
  await pushTags(registry, await makeImage({ name: 'one' }), 'a');
  const plan = await planFor(core, handle, 'team/app', ['a']);
  const release = registry.inject({ kind: 'stall', afterBytes: 0, when: { method: 'HEAD', after: 1 } });
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  await whenOperation(core, operationId, ({ status }) => status === 'running');
  await core.operations.cancel(operationId);
  const cancelled = core.operations.get(operationId);
  expect(cancelled.status).toBe('cancelled');
  expect(cancelled.failure).toBeUndefined();
  release();
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  await core.operations.cancel(operationId);
  expect(core.operations.get(operationId).status).toBe('done');
});

test('a registry that was deleted meanwhile fails the operation at its first step', async () => {
  const { registry, core, handle } = await setUp();
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  await pushTags(registry, one, 'a');
  await pushTags(registry, two, 'b');
  const plan = await planFor(core, handle, 'team/app', ['a', 'b']);
  const path = new RegExp(`${one.digest}|${two.digest}`);
  registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE', path } });
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied', reason: expect.stringContaining('2 of 2 steps failed') },
  });
  await registry.close();
  await core.operations.retry(operationId);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'connectionRefused', message: expect.any(String) },
    actions: { undo: false },
  });
});
