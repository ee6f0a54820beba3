import { expect, test, vi } from 'vitest';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { seedImages } from '../support/many-images.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, all, testCore } from './support/core.ts';
import { planFor, startUndo } from './support/plans.ts';

vi.setConfig({ testTimeout: 120_000 });

async function setUp() {
  const registry = await startTestRegistry();
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  return { registry, core, handle: await core.accounts.handle(id) };
}

async function tagsOf(registry: GuardedRegistry, repository: string): Promise<string[]> {
  const reply = await plainRequest(registry, `/v2/${repository}/tags/list`);
  return reply.status === 404 ? [] : (JSON.parse(reply.body.toString()).tags ?? []).sort();
}

test('tags of several repositories go as one operation, each line with its reason, and come back as one', async () => {
  const { registry, core, handle } = await setUp();
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  for (const tag of ['old', 'older', 'kept']) await push(one, registry, 'team/a', tag);
  await push(two, registry, 'team/b', 'old');
  const plan = await core.deletion.planMany(handle, [
    {
      repository: 'team/a',
      tags: [
        { tag: 'old', reason: 'older than 14 days' },
        { tag: 'older', reason: 'older than 14 days' },
      ],
    },
    { repository: 'team/b', tags: [{ tag: 'old', reason: 'the rest' }] },
    { repository: 'team/gone', tags: [{ tag: 'x' }] },
  ]);
  expect(plan).toMatchObject({
    kind: 'deleteMany',
    needsConsent: false,
    subject: { repositories: ['team/a', 'team/b'], tags: 3, manifests: 1 },
    summary: {
      repositories: [
        { repository: 'team/a', tags: 2, alone: 2, manifests: 0, staying: 1 },
        { repository: 'team/b', tags: 1, alone: 0, manifests: 1, staying: 0 },
        { repository: 'team/gone', failure: { code: 'notFound' }, tags: 0 },
      ],
    },
  });
  const { items } = core.plans.items(plan.id, { offset: 0, limit: 10 });
  expect(items).toMatchObject([
    { state: 'tag', repository: 'team/a', tag: 'old', reasons: ['older than 14 days'] },
    { state: 'tag', repository: 'team/a', tag: 'older', reasons: ['older than 14 days'] },
    { state: 'manifest', repository: 'team/b', digest: two.digest, tags: ['old'], reasons: ['the rest'] },
  ]);
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    title: expect.stringMatching(/delete 3 tags of 2 repositories/),
    progress: { steps: { done: 3, total: 3 } },
  });
  expect(await tagsOf(registry, 'team/a')).toEqual(['kept']);
  expect(await tagsOf(registry, 'team/b')).toEqual([]);
  const [changes] = await all(core.operations.changes(operationId));
  expect(changes).toMatchObject([
    { repository: 'team/a', tag: 'old', before: one.digest, after: null, state: 'done' },
    { repository: 'team/a', tag: 'older', state: 'done' },
    { repository: 'team/b', tag: 'old', before: two.digest, state: 'done' },
  ]);
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await tagsOf(registry, 'team/a')).toEqual(['kept', 'old', 'older']);
  expect(await tagsOf(registry, 'team/b')).toEqual(['old']);
});

test('whole repositories and namespaces: all their tags as they are now, and what only they hold in the whole registry', async () => {
  const { registry, core, handle } = await setUp();
  const shared = await makeImage({ name: 'shared', layers: { base: 5_000 } });
  const own = await makeImage({ name: 'own', layers: { base: 5_000, more: 3_000 } });
  const index = await makeMultiPlatform('index');
  await push(shared, registry, 'elsewhere/app', 'latest');
  await push(own, registry, 'team/app', '1');
  await push(shared, registry, 'team/app', '2');
  await push(index, registry, 'team/deep/web', 'latest');
  await push(own, registry, 'teamwork/app', '1');
  const { scanId } = await core.inventory.scan(handle, { readManifests: true, dates: false });
  await core.inventory.finished(scanId);
  const plan = await core.deletion.planRepositories(handle, { namespaces: ['team'] });
  expect(plan.subject).toMatchObject({ repositories: ['team/app', 'team/deep/web'], tags: 3, manifests: 3 });
  expect(plan.summary.repositories).toMatchObject([
    { repository: 'team/app', staying: 0, untagged: 0 },
    { repository: 'team/deep/web', staying: 0, untagged: index.children.length },
  ]);
  const { inRegistry } = plan.summary;
  const inRepositories = plan.summary.repositories.reduce(
    (sum, { bytesFreed, bytesInChildren }) => sum + bytesFreed + bytesInChildren,
    0,
  );
  // The two images are in other repositories, too: only the index becomes free.
  expect(inRegistry?.bytes).toBeLessThan(inRepositories);
  expect(inRegistry?.stillHeld.elsewhere).toBeGreaterThan(0);
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await tagsOf(registry, 'team/app')).toEqual([]);
  expect(await tagsOf(registry, 'team/deep/web')).toEqual([]);
  expect(await tagsOf(registry, 'teamwork/app')).toEqual(['1']);
  await expect(core.deletion.planRepositories(handle, { namespaces: ['nobody'] })).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('a tag that moved since its plan was made stops the start of one of few tags', async () => {
  const { registry, core, handle } = await setUp();
  for (const repository of ['team/a', 'team/b'])
    await push(await makeImage({ name: repository }), registry, repository, '1');
  const plan = await core.deletion.planMany(handle, [
    { repository: 'team/a', tags: [{ tag: '1' }] },
    { repository: 'team/b', tags: [{ tag: '1' }] },
  ]);
  await push(await makeImage({ name: 'newer' }), registry, 'team/b', '1');
  await expect(core.plans.start(plan.id, { typed: plan.typed })).rejects.toMatchObject({ code: 'planStale' });
  expect(await tagsOf(registry, 'team/a')).toEqual(['1']);
  expect(await tagsOf(registry, 'team/b')).toEqual(['1']);
});

test('a tag that moved between plan and run stays and is reported, and the others go', async () => {
  const { registry, core, handle } = await setUp();
  const [one, two, newer] = [
    await makeImage({ name: 'one' }),
    await makeImage({ name: 'two' }),
    await makeImage({ name: 'newer' }),
  ];
  await push(one, registry, 'team/a', 'one');
  await push(two, registry, 'team/a', 'two');
  const plan = await core.deletion.planMany(handle, [
    { repository: 'team/a', tags: [{ tag: 'one' }, { tag: 'two' }] },
  ]);
  // In another process than the plan's nothing is known of where its tags were.
  await push(newer, registry, 'team/a', 'one');
  const other = await testCore({ home: core.home });
  const { operationId } = await other.plans.start(plan.id, { typed: plan.typed });
  expect(await other.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'planStale', reason: expect.stringContaining('1 of 2 steps failed') },
  });
  expect(await tagsOf(registry, 'team/a')).toEqual(['one']);
});

test('a registry that does something else than it says is found out after the first wave, and nothing more is asked of it', async () => {
  const { registry, core, handle } = await setUp();
  const tags = (await seedImages(registry, 'team/a', 60)).map(({ tag }) => tag);
  const plan = await planFor(core, handle, 'team/a', tags);
  registry.clearRequests();
  registry.inject({ kind: 'status', status: 202, when: { method: 'DELETE' } });
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'registryFailed', reason: expect.stringContaining('The deletion was stopped there.') },
  });
  const doomed = new Set(plan.manifests.map(({ digest }) => `/v2/team/a/manifests/${digest}`));
  const deleted = registry.requests.filter(({ method, path }) => method === 'DELETE' && doomed.has(path));
  expect(deleted).toHaveLength(50);
  expect(await tagsOf(registry, 'team/a')).toHaveLength(60);
});

test('what is attached goes with the images it is asked for, and stays with the others', async () => {
  const { registry, core, handle } = await setUp();
  const images = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  for (const [number, image] of images.entries()) {
    await push(image, registry, 'team/a', `t${number}`);
    await push(
      await makeImage({ name: `signature ${number}` }),
      registry,
      'team/a',
      `${image.digest.replace(':', '-')}.sig`,
    );
  }
  const [first] = images;
  const plan = await planFor(core, handle, 'team/a', ['t0', 't1'], { attached: [first?.digest ?? ''] });
  expect(plan.attached).toMatchObject({ taken: false, of: [first?.digest] });
  expect(plan.manifests).toHaveLength(3);
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await tagsOf(registry, 'team/a')).toEqual([`${images[1]?.digest.replace(':', '-')}.sig`]);
});
