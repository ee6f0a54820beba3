import { expect, test } from 'vitest';
import { makeImage, makeMultiPlatform } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';
import { everything, planCopy, planFor, planSync } from './support/plans.ts';

const REPOSITORY = 'team/app';

async function setUp(options: Parameters<typeof testCore>[0] = {}) {
  const registry = await startTestRegistry();
  const core = await testCore(options);
  const account = await addAccount(core, registry);
  return { registry, core, account, handle: await core.accounts.handle(account.id) };
}

async function digestOf(registry: GuardedRegistry, reference: string, repository = REPOSITORY) {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/${reference}`, { method: 'HEAD' });
  return reply.status === 200 ? reply.headers['docker-content-digest'] : undefined;
}

test('a protected tag is left out of a deletion, alone, with its digest and as an index that would break', async () => {
  const { registry, core, account, handle } = await setUp();
  const [one, two, index] = [
    await makeImage({ name: 'one' }),
    await makeImage({ name: 'two' }),
    await makeMultiPlatform(),
  ];
  await push(one, registry, REPOSITORY, 'stable');
  await push(one, registry, REPOSITORY, 'same');
  await push(two, registry, REPOSITORY, 'pr-1');
  await push(index, registry, REPOSITORY, 'v1');
  core.accounts.protectTags(account.id, ['stable', 'team/**:v*']);

  const plan = await planFor(core, handle, REPOSITORY, ['stable', 'same', 'pr-1'], {
    digests: [one.digest, index.children[0]?.digest ?? ''],
  });
  expect(plan.spared.map(({ tag, along }) => [tag, along])).toEqual([
    ['stable', []],
    // With its digest it would go, and that is asked for, too.
    ['same', ['stable']],
    [one.digest, ['stable']],
    [index.children[0]?.digest, ['v1']],
  ]);
  expect(plan.asked).toEqual(['pr-1']);
  const { operationId } = await core.plans.start(plan.id, { consent: plan.needsConsent, typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, 'stable')).toBe(one.digest);
  expect(await digestOf(registry, 'pr-1')).toBeUndefined();
  expect(await digestOf(registry, index.children[0]?.digest ?? '')).toBeDefined();

  const nothing = await planFor(core, handle, REPOSITORY, ['v1']);
  expect(nothing).toMatchObject({ spared: [{ tag: 'v1', along: [] }], items: { total: 0 } });
  expect(core.accounts.list()).toMatchObject([{ protectedTags: ['stable', 'team/**:v*'] }]);
  expect(() => core.accounts.protectTags(account.id, [''])).toThrow(
    expect.objectContaining({ code: 'invalidInput' }),
  );
});

test('a protected tag is not moved: not by a retag, a copy, a synchronisation or a new name; one that is new is', async () => {
  const { registry, core, account, handle } = await setUp();
  const source = await startTestRegistry();
  const from = await core.accounts.handle((await addAccount(core, source)).id);
  const [old, fresh] = [await makeImage({ name: 'old' }), await makeImage({ name: 'fresh' })];
  await push(old, registry, REPOSITORY, 'v1');
  await push(fresh, registry, REPOSITORY, 'next');
  for (const tag of ['v1', 'v2']) await push(fresh, source, REPOSITORY, tag);
  core.accounts.protectTags(account.id, ['v*']);

  const place = { registry: handle, repository: REPOSITORY };
  const retag = planCopy(core, { ...place, reference: 'next' }, { ...place, tag: 'v1' });
  await expect(retag).rejects.toMatchObject({ code: 'protectedTag', reason: expect.stringContaining('v1') });
  const rename = (names: { from: string; to: string }) => core.deletion.planRename(handle, REPOSITORY, names);
  await expect(rename({ from: 'next', to: 'v1' })).rejects.toMatchObject({ code: 'protectedTag' });
  await expect(rename({ from: 'v1', to: 'other' })).rejects.toMatchObject({ code: 'protectedTag' });

  const sync = await planSync(core, from, handle, everything);
  expect(core.plans.items(sync.id, { offset: 0, limit: 10 }).items).toMatchObject([
    { target: { tag: 'v1' }, state: 'refused', failure: { code: 'protectedTag' } },
    { target: { tag: 'v2' }, state: 'new' },
  ]);
  const { operationId } = await core.plans.start(sync.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, 'v1')).toBe(old.digest);
  expect(await digestOf(registry, 'v2')).toBe(fresh.digest);

  // New by then, and so it would be removed again: it stays.
  const undo = await core.plans.planUndo(operationId);
  expect(core.plans.items(undo.id, { offset: 0, limit: 10 }).items).toMatchObject([
    { state: 'stays', tags: ['v2'], failure: { code: 'protectedTag' } },
  ]);
});

test('a tag that is protected after its plan was made is neither deleted nor moved when that runs', async () => {
  const { registry, core, account, handle } = await setUp();
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  await push(one, registry, REPOSITORY, 'v1');
  await push(one, registry, REPOSITORY, 'other');
  await push(two, registry, REPOSITORY, 'next');
  const place = { registry: handle, repository: REPOSITORY };
  const alone = await planFor(core, handle, REPOSITORY, ['v1']);
  const whole = await planFor(core, handle, REPOSITORY, ['v1', 'other']);
  const retag = await planCopy(core, { ...place, reference: 'next' }, { ...place, tag: 'v1' });
  const rename = await core.deletion.planRename(handle, REPOSITORY, { from: 'next', to: 'v1' });
  core.accounts.protectTags(account.id, ['v1']);

  await expect(core.plans.start(whole.id, { typed: whole.typed })).rejects.toMatchObject({
    code: 'planStale',
  });
  for (const { id } of [alone, retag, rename]) {
    const { operationId } = await core.plans.start(id);
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'failed' });
  }
  expect(await digestOf(registry, 'v1')).toBe(one.digest);
  // The old name did not go without the new one.
  expect(await digestOf(registry, 'next')).toBe(two.digest);

  // Unprotected again, the same operation goes on.
  core.accounts.protectTags(account.id, []);
  const [failed] = core.operations.history(10, undefined, ['delete']);
  await core.operations.retry(failed?.id ?? '');
  expect(await core.operations.finished(failed?.id ?? '')).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, 'v1')).toBeUndefined();
});

test.each([
  ['of one repository', false],
  ['of several', true],
])(
  'an index that is protected since a plan %s was made keeps what it holds, also in another process',
  async (_, several) => {
    const { registry, core, account, handle } = await setUp();
    const index = await makeMultiPlatform();
    const child = index.children[0]?.digest ?? '';
    await push(index, registry, REPOSITORY, 'v1');
    await push(await makeImage({ name: 'other' }), registry, 'team/web', '1');
    const plan = several
      ? await core.deletion.planMany(handle, [
          { repository: REPOSITORY, tags: [], digests: [{ digest: child }] },
          { repository: 'team/web', tags: [{ tag: '1' }] },
        ])
      : await core.deletion.planFor(handle, REPOSITORY, [], { digests: [child] });
    expect(plan.needsConsent).toBe(true);
    core.accounts.protectTags(account.id, ['v1']);
    const confirmed = { consent: true, typed: plan.typed };
    const stale = { code: 'planStale', message: expect.stringContaining('team/app:v1') };
    for (const one of [core, await testCore({ home: core.home })])
      await expect(one.plans.start(plan.id, confirmed)).rejects.toMatchObject(stale);
    expect(await digestOf(registry, child)).toBe(child);
  },
);

test('many tags, or all of a repository, go by the name that was typed, whoever starts the plan', async () => {
  const { registry, core, handle } = await setUp();
  for (const tag of ['1', '2', '3']) await push(await makeImage({ name: tag }), registry, REPOSITORY, tag);
  const few = await planFor(core, handle, REPOSITORY, ['1']);
  expect(few.typed).toBeUndefined();
  core.settings.change({ typeNameFrom: 2 });
  const many = await planFor(core, handle, REPOSITORY, ['1', '2']);
  expect(many.typed).toBe(REPOSITORY);
  expect(core.plans.get(many.id).typed).toBe(REPOSITORY);
  core.settings.change({ typeNameFrom: 50 });
  expect(core.plans.get(many.id).typed).toBeUndefined();
  const all = await planFor(core, handle, REPOSITORY, ['1', '2', '3']);
  for (const typed of ['', 'team', `${REPOSITORY}2`])
    await expect(core.plans.start(all.id, { typed })).rejects.toMatchObject({ code: 'nameNeeded' });
  expect(core.operations.history(10)).toEqual([]);
  const { operationId } = await core.plans.start(all.id, { typed: ` ${REPOSITORY} ` });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
});

test('an undo that deletes many tags, which were new, goes by the name that was typed; one that puts them back needs none', async () => {
  const { registry, core, handle } = await setUp();
  const image = await makeImage();
  await push(image, registry, 'from/app', '1');
  core.settings.change({ typeNameFrom: 2 });
  const copies = ['1', '2', '3'].map((tag) => ({
    source: { repository: 'from/app', reference: '1' },
    target: { repository: REPOSITORY, tag },
  }));
  const { id } = await core.transfers.planCopies(handle, handle, copies);
  const { operationId } = await core.plans.start(id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const undo = await core.plans.planUndo(operationId);
  expect(undo).toMatchObject({ typed: REPOSITORY, summary: { removes: 3 } });
  const untyped = core.plans.start(undo.id, { typed: '' });
  await expect(untyped).rejects.toMatchObject({ code: 'nameNeeded' });
  const undone = await core.plans.start(undo.id, { typed: REPOSITORY });
  expect(await core.operations.finished(undone.operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, '3')).toBeUndefined();

  const { id: deleting, typed } = await planFor(core, handle, 'from/app', ['1']);
  const deleted = await core.plans.start(deleting, { typed });
  await core.operations.finished(deleted.operationId);
  const back = await core.plans.planUndo(deleted.operationId);
  expect(back).not.toHaveProperty('typed');
  const put = await core.plans.start(back.id);
  expect(await core.operations.finished(put.operationId)).toMatchObject({ status: 'done' });
  expect(await digestOf(registry, '1', 'from/app')).toBe(image.digest);
});

test('a dry run of the whole app makes every plan and starts none, nor what was stopped', async () => {
  const home = await temporaryFolder();
  const { registry, core, handle } = await setUp({ home });
  for (const tag of ['1', '2']) await push(await makeImage({ name: tag }), registry, REPOSITORY, tag);
  const first = await planFor(core, handle, REPOSITORY, ['1']);
  const heal = registry.inject({ kind: 'status', status: 500, when: { method: 'DELETE' } });
  const { operationId } = await core.plans.start(first.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'failed' });
  heal();
  core.settings.change({ dryRun: true });
  const plan = await planFor(core, handle, REPOSITORY, ['2']);
  await expect(core.plans.start(plan.id)).rejects.toMatchObject({ code: 'dryRun' });
  await expect(core.operations.retry(operationId)).rejects.toMatchObject({ code: 'dryRun' });
  // The plan is still there.
  core.settings.change({ dryRun: false });
  expect(core.plans.get(plan.id).id).toBe(plan.id);
  expect(core.operations.history(10)).toHaveLength(1);
  await core.close();

  // Another process, which was started so: whatever is set, and also what would go on by itself.
  const environment = { HOME: home, PATH: '/nowhere', WHARFINGER_DRY_RUN: '1' };
  const later = await testCore({ home, environment });
  expect(later.settings.about().dryRun).toBe(true);
  await expect(later.plans.start(plan.id)).rejects.toMatchObject({ code: 'dryRun' });
  await expect(later.operations.retry(operationId)).rejects.toMatchObject({ code: 'dryRun' });
  expect(await digestOf(registry, '2')).toBeDefined();
});

test('a registry that is locked is locked for flags without its account, too, and from one moment to the next', async () => {
  const { registry, core, account } = await setUp();
  await push(await makeImage(), registry, REPOSITORY, '1');
  await push(await makeImage({ name: 'two' }), registry, REPOSITORY, '2');
  const host = new URL(registry.url).host;
  const other = await core.accounts.forHost(host, { plainHttp: true, anonymous: true });
  const plan = await planFor(core, other, REPOSITORY, ['1']);
  core.accounts.setReadOnly(account.id, true);
  await expect(core.plans.start(plan.id)).rejects.toMatchObject({ code: 'readOnly' });
  await expect(planFor(core, other, REPOSITORY, ['1'])).resolves.toMatchObject({ asked: ['1'] });
});
