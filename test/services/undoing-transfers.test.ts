import { expect, test } from 'vitest';
import { makeArtifact, makeImage, makeMultiPlatform, sha256 } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { everything, planCopy, planSync, startUndo } from './support/plans.ts';
import { stateOf } from './support/state.ts';

async function setUp() {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const core = await testCore();
  const [one, two] = [await addAccount(core, source), await addAccount(core, target)];
  return {
    core,
    source,
    target,
    from: await core.accounts.handle(one.id),
    to: await core.accounts.handle(two.id),
  };
}

const REPOSITORIES = ['team/app', 'team/web', 'tools/cli'];

/** Three repositories in which a synchronisation moves, adds and leaves tags. */
async function fill(source: GuardedRegistry, target: GuardedRegistry): Promise<void> {
  const [index, old] = [await makeMultiPlatform(), await makeImage({ name: 'old' })];
  const fresh = await makeImage({ name: 'fresh' });
  for (const repository of REPOSITORIES) {
    await push(fresh, source, repository, 'latest');
    await push(fresh, source, repository, 'new');
    await push(old, source, repository, 'same');
    await push(index, target, repository, 'latest');
    await push(old, target, repository, 'same');
    await push(index, target, repository, 'own');
  }
}

test('a retag is undone: a moved tag points at what it pointed at, a new one is gone, its manifest stays', async () => {
  const { core, target, to } = await setUp();
  const [one, two] = [await makeImage({ name: 'one' }), await makeMultiPlatform()];
  await push(one, target, 'team/app', '1');
  await push(two, target, 'team/app', 'latest');
  const before = await stateOf(target, ['team/app']);
  const place = { registry: to, repository: 'team/app' };
  for (const tag of ['latest', 'stable']) {
    const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag });
    const { operationId } = await core.plans.start(plan.id);
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    const back = await core.plans.planUndo(operationId);
    expect(back).toMatchObject({ kind: 'restore', undoes: operationId, needsConsent: false });
    expect(core.plans.items(back.id, { offset: 0, limit: 10 }).items).toMatchObject([
      tag === 'latest'
        ? { state: 'restore', tags: [tag], digest: two.digest, leaves: one.digest }
        : { state: 'remove', tags: [tag], digest: null, leaves: one.digest },
    ]);
    const undo = await core.plans.start(back.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({
      status: 'done',
      undoes: operationId,
    });
    expect(core.operations.get(operationId)).toMatchObject({
      undone: { by: undo.operationId, at: expect.any(String) },
      actions: { undo: false },
    });
    expect(await stateOf(target, ['team/app'])).toEqual(before);
    expect(core.operations.get(operationId).actions.undo).toBe(false);
    await expect(core.plans.planUndo(operationId)).rejects.toMatchObject({ code: 'unsupported' });
  }
});

test('an overwriting copy is undone although what it overwrote was collected as a manifest, children and all', async () => {
  const { core, source, target, from, to } = await setUp();
  const [index, image] = [await makeMultiPlatform(), await makeImage({ name: 'fresh' })];
  await push(index, target, 'team/app', 'latest');
  await push(image, source, 'team/app', 'latest');
  const plan = await planCopy(
    core,
    { registry: from, repository: 'team/app', reference: 'latest' },
    { registry: to, repository: 'team/app', tag: 'latest' },
  );
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  for (const { digest } of [index, ...index.children])
    await plainRequest(target, `/v2/team/app/manifests/${digest}`, { method: 'DELETE' });
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(target, ['team/app'])).toEqual({ 'team/app': { latest: index.digest } });
  for (const child of index.children) {
    const reply = await plainRequest(target, `/v2/team/app/manifests/${child.digest}`);
    expect(sha256(reply.body)).toBe(child.digest);
  }
});

test.each([true, false])(
  'a synchronisation over three repositories is undone exactly; deletes by tag: %s',
  async (deleteByTag) => {
    const { core, source, target, from, to } = await setUp();
    await fill(source, target);
    target.setLimits({ deleteByTag });
    const before = await stateOf(target, REPOSITORIES);
    const plan = await planSync(core, from, to, everything);
    const { operationId } = await core.plans.start(plan.id);
    await core.operations.finished(operationId);
    expect(await stateOf(target, REPOSITORIES)).not.toEqual(before);
    const back = await core.plans.planUndo(operationId);
    expect(back).toMatchObject({
      subject: { kind: 'restore', repositories: REPOSITORIES, changes: 6 },
      items: { by: { restore: 3, remove: 3, moved: 0 } },
    });
    const undo = await core.plans.start(back.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({
      status: 'done',
      title: expect.stringContaining('6 tags in 3 repositories'),
    });
    expect(await stateOf(target, REPOSITORIES)).toEqual(before);
  },
);

test('a tag that somebody moved since is left alone, in the plan and when its turn comes, and that is said', async () => {
  const { core, source, target, from, to } = await setUp();
  await fill(source, target);
  const { id } = await planSync(core, from, to, everything);
  const { operationId } = await core.plans.start(id);
  await core.operations.finished(operationId);
  const other = await makeImage({ name: 'other' });
  await push(other, target, 'team/app', 'latest');
  await push(other, target, 'team/web', 'new');
  const back = await core.plans.planUndo(operationId);
  expect(back.items.by).toMatchObject({ restore: 2, remove: 2, moved: 2 });
  await push(other, target, 'tools/cli', 'latest');
  const undo = await core.plans.start(back.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'done',
    failure: { code: 'planStale' },
  });
  expect(await stateOf(target, REPOSITORIES)).toMatchObject({
    'team/app': { latest: other.digest },
    'team/web': { new: other.digest },
    'tools/cli': { latest: other.digest },
  });
});

test('what goes along with a copy is undone as well: tags of signatures and lists of referrers', async () => {
  const { core, source, target, from, to } = await setUp();
  const image = await makeImage();
  const artifact = makeArtifact({ artifactType: 'application/spdx+json', subject: image });
  const signature = `sha256-${image.digest.slice('sha256:'.length)}.sig`;
  // A registry without the referrers API keeps the list under a tag.
  target.setLimits({ referrers: false });
  await push(image, source, 'team/app', '1');
  await push(artifact, source, 'team/app');
  await push(await makeImage({ name: 'signature' }), source, 'team/app', signature);
  await push(await makeImage({ name: 'an older signature' }), target, 'team/app', signature);
  const before = await stateOf(target, ['team/app']);
  const plan = await planCopy(
    core,
    { registry: from, repository: 'team/app', reference: '1' },
    { registry: to, repository: 'team/app', tag: '1' },
    { attached: true },
  );
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(Object.keys((await stateOf(target, ['team/app']))['team/app'] ?? {})).toHaveLength(3);
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(target, ['team/app'])).toEqual(before);
});

test('where a tag cannot be deleted alone the plan of the undo says that it stays', async () => {
  const { core, target, to } = await setUp();
  await push(await makeImage(), target, 'team/app', '1');
  const place = { registry: to, repository: 'team/app' };
  const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag: 'new' });
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  target.setLimits({ deleteByTag: false });
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const back = await core.plans.planUndo(operationId);
  expect(core.plans.items(back.id, { offset: 0, limit: 1 }).items).toMatchObject([
    { state: 'stays', tags: ['new'], failure: { code: 'unsupported' } },
  ]);
});
