import { expect, test } from 'vitest';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
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

test('B8: after garbage collection the plan of an undo says that the layers were collected, and there is no undo any more', async () => {
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
    await expect(core.plans.planUndo(operationId)).rejects.toMatchObject({
      code: 'collected',
      message: expect.stringContaining('collected'),
    });
    expect(await digestOf(registry, '1')).toBeUndefined();
    expect(core.operations.get(operationId).actions.undo).toBe(false);
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
