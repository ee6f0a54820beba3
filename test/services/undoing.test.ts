import { expect, test } from 'vitest';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { type Oddity, startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';
import { planFor, startUndo } from './support/plans.ts';
import { startDeleter } from './support/program.ts';

async function digestOf(registry: { url: string }, tag: string): Promise<string | undefined> {
  const reply = await plainRequest(registry, `/v2/team/app/manifests/${tag}`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

/** Waits for ever: whoever asked is killed meanwhile. */
const forEver = () => new Promise<never>(() => undefined);

test('S2: a deletion whose reply is lost is reported as what can be undone, and undo restores the tag', async () => {
  const losing: Oddity = async ({ method, url }, ordinary) => {
    const answer = await ordinary();
    if (method === 'DELETE' && url.includes(image.digest) && answer.status === 202)
      throw new Error('the connection is cut');
    return answer;
  };
  const image = await makeImage();
  const registry = await startOddRegistry(losing);
  await push(image, registry.behind, 'team/app', '1');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  const ended = await core.operations.finished(operationId);
  expect(ended.actions.undo).toBe(true);
  if (ended.status !== 'done') {
    await core.operations.retry(operationId);
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
  }
  expect(await digestOf(registry.behind, '1')).toBeUndefined();
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry.behind, '1')).toBe(image.digest);
  expect(core.operations.get(operationId).actions.undo).toBe(false);
});

test('S2: killed between the deletion and its reply: it can be undone, before and after it is run again', async () => {
  let deleted: () => void = () => undefined;
  const whenDeleted = new Promise<void>((resolve) => {
    deleted = resolve;
  });
  let silent = true;
  const image = await makeImage();
  const registry = await startOddRegistry(async ({ method, url }, ordinary) => {
    const answer = await ordinary();
    if (!silent || method !== 'DELETE' || !url.includes(image.digest)) return answer;
    deleted();
    return await forEver();
  });
  await push(image, registry.behind, 'team/app', '1');
  const home = await temporaryFolder();
  const deleter = await startDeleter(home, registry, 'team/app', '1');
  const id = (await deleter.waitFor(/operation (\S+)/))[1] ?? '';
  await whenDeleted;
  process.kill(deleter.pid, 'SIGKILL');
  await deleter.exited;
  silent = false;
  const core = await testCore({ home });
  expect(core.operations.get(id)).toMatchObject({ status: 'interrupted', actions: { undo: true } });
  await core.operations.retry(id);
  expect(await core.operations.finished(id)).toMatchObject({ status: 'done', actions: { undo: true } });
  const undo = await startUndo(core, id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry.behind, '1')).toBe(image.digest);
});

test('S2: a deletion that was refused, and whose tag is seen where it was, is nothing to undo', async () => {
  const image = await makeImage();
  const registry = await startOddRegistry(({ method, url }, ordinary) =>
    method === 'DELETE' && url.includes(image.digest) ? { status: 403 } : ordinary(),
  );
  await push(image, registry.behind, 'team/app', '1');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied' },
    actions: { undo: false },
  });
});

test('B8: after garbage collection the plan of an undo says that the layers were collected, and no undo is offered any more until they are back', async () => {
  // A registry that checks nothing: what it takes may not be there.
  for (const limits of [{}, { blobs: false, children: false }]) {
    const registry = await startTestRegistry({ limits });
    const index = await makeMultiPlatform();
    await push(index, registry, 'team/app', '1');
    const core = await testCore();
    const { id } = await addAccount(core, registry);
    const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1']);
    const { operationId } = await core.plans.start(plan.id, { consent: false });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    for (const child of index.children) {
      await plainRequest(registry, `/v2/team/app/manifests/${child.digest}`, { method: 'DELETE' });
      for (const { digest } of child.blobs)
        await plainRequest(registry, `/v2/team/app/blobs/${digest}`, { method: 'DELETE' });
    }
    const lost = await core.plans.planUndo(operationId);
    expect(lost.items.by).toMatchObject({ restore: 0, collected: 1 });
    expect(await digestOf(registry, '1')).toBeUndefined();
    expect(core.operations.get(operationId).actions.undo).toBe(false);
    for (const child of index.children) await push(child, registry, 'team/app');
    expect((await core.plans.planUndo(operationId)).items.by).toMatchObject({ restore: 1, collected: 0 });
    expect(core.operations.get(operationId).actions.undo).toBe(true);
  }
});

test('B8: what was collected is named in the plan of an undo, and the rest comes back', async () => {
  const registry = await startTestRegistry();
  const [lost, kept] = [
    await makeImage({ layers: { lost: 512 } }),
    await makeImage({ layers: { kept: 512 } }),
  ];
  await push(lost, registry, 'team/app', '1');
  await push(kept, registry, 'team/app', '2');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1', '2']);
  const { operationId } = await core.plans.start(plan.id, { consent: false });
  await core.operations.finished(operationId);
  for (const { digest } of lost.blobs)
    await plainRequest(registry, `/v2/team/app/blobs/${digest}`, { method: 'DELETE' });
  const undo = await core.plans.planUndo(operationId);
  expect(undo.items.by).toMatchObject({ collected: 1, restore: 1 });
  const { items } = core.plans.items(undo.id, { state: 'collected', offset: 0, limit: 10 });
  expect(items).toMatchObject([{ tags: ['1'], digest: lost.digest }]);
  const started = await core.plans.start(undo.id, { consent: false });
  expect(await core.operations.finished(started.operationId)).toMatchObject({ status: 'done' });
  expect([await digestOf(registry, '1'), await digestOf(registry, '2')]).toEqual([undefined, kept.digest]);
});

test('what is attached to a deleted image and was collected with it comes back after it, though nobody deleted it', async () => {
  const registry = await startTestRegistry({ settlesMs: 0 });
  const image = await makeImage();
  const sbom = makeArtifact({ artifactType: 'application/spdx+json', subject: image });
  const signature = makeArtifact({ artifactType: 'application/vnd.example.signature', subject: sbom });
  await push(image, registry, 'team/app', '1');
  await push(sbom, registry, 'team/app');
  await push(signature, registry, 'team/app');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  // As zot does: blobs stay for a while, the manifest goes with its subject.
  await plainRequest(registry, `/v2/team/app/manifests/${sbom.digest}`, { method: 'DELETE' });
  const undo = await core.plans.planUndo(operationId);
  const { items } = core.plans.items(undo.id, { offset: 0, limit: 10 });
  expect(items).toMatchObject([
    { tags: ['1'], digest: image.digest, state: 'restore' },
    { tags: [], digest: sbom.digest, state: 'restore' },
  ]);
  registry.clearRequests();
  const started = await core.plans.start(undo.id);
  expect(await core.operations.finished(started.operationId)).toMatchObject({ status: 'done' });
  const puts = registry.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);
  expect(puts).toEqual([
    '/v2/team/app/manifests/1',
    `/v2/team/app/manifests/${encodeURIComponent(sbom.digest)}`.replace('%3A', ':'),
  ]);
});

test('the parts come first whatever the order they were deleted in: children before indexes, subjects before what is attached', async () => {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform();
  const sbom = makeArtifact({ artifactType: 'application/spdx+json', subject: index });
  await push(index, registry, 'team/app', 'index');
  await push(sbom, registry, 'team/app', 'sbom');
  const [child] = index.children;
  if (!child) throw new Error('no child');
  await push(child, registry, 'team/app', 'child');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const tags = ['sbom', 'index', 'child'];
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', tags);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  await core.operations.finished(operationId);
  const undo = await core.plans.planUndo(operationId);
  const { items } = core.plans.items(undo.id, { offset: 0, limit: 10 });
  expect(items.map((item) => item.tags)).toEqual([['child'], ['index'], ['sbom']]);
});

test('a read-only registry is in the plan of an undo: nothing of it is possible now, and nothing is done', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1']);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  core.accounts.setReadOnly(id, true);
  const locked = await core.plans.planUndo(operationId);
  expect(locked.items.by).toMatchObject({ restore: 0, locked: 1 });
  await expect(core.plans.start(locked.id)).rejects.toMatchObject({ code: 'readOnly' });
  core.accounts.setReadOnly(id, false);
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
});

test('a registry that says it took a tag and does not have it fails the undo of that tag', async () => {
  const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
  let lies = false;
  const registry = await startOddRegistry(({ method, url }, ordinary) =>
    lies && method === 'PUT' && url.endsWith('/manifests/1')
      ? { status: 201, headers: { 'docker-content-digest': image.digest } }
      : ordinary(),
  );
  await push(image, registry.behind, 'team/app', '1');
  await push(other, registry.behind, 'team/app', '2');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const plan = await planFor(core, await core.accounts.handle(id), 'team/app', ['1', '2']);
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  lies = true;
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'registryFailed' },
  });
  expect([await digestOf(registry.behind, '1'), await digestOf(registry.behind, '2')]).toEqual([
    undefined,
    other.digest,
  ]);
});
