import { expect, test } from 'vitest';
import { Shelf, taught, Work } from '../support/dummy-product.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { addAccount, all, testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';

async function setUp() {
  const core = await testCore();
  const registry = await startTestRegistry();
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  const projects = new Shelf('project', ['public', 'storageLimit']);
  const robots = new Shelf('robot', ['description', 'permissions']);
  const retention = new Work();
  await taught(handle, { resources: { project: projects, robot: robots }, jobs: { retention } });
  const run = async (planId: string, typed?: string) => {
    const { operationId } = await core.plans.start(planId, { typed });
    return await core.operations.finished(operationId);
  };
  return { core, account, handle, projects, robots, retention, run };
}

test('what can be managed is what the product has abilities for', async () => {
  const { core, handle } = await setUp();
  expect(await core.products.managed(handle)).toMatchObject({
    resources: [
      { kind: 'project', scopes: ['registry'], fields: ['public', 'storageLimit'] },
      { kind: 'robot', acts: ['create', 'change', 'delete', 'renew'] },
    ],
    jobs: [{ job: 'retention', about: 'project', options: ['dryRun'], stops: true, logs: true, items: true }],
    describes: false,
    scans: [],
    audits: false,
    searches: false,
  });
  await expect(all(core.products.list(handle, 'label'))).rejects.toMatchObject({ code: 'unsupported' });
  await expect(core.products.describe(handle)).rejects.toMatchObject({ code: 'unsupported' });
});

test('a change is shown field by field, written, read back, recorded, and taken back', async () => {
  const { core, handle, projects, run } = await setUp();
  const id = projects.put('web', { public: false, storageLimit: null, repositories: 3 });
  const plan = await core.products.planChanges(handle, [
    { act: 'change', kind: 'project', id, fields: { public: true } },
  ]);
  const [change] = plan.subject.changes;
  expect(change).toMatchObject({
    act: 'change',
    name: 'web',
    before: { public: false, storageLimit: null, repositories: 3 },
    after: { public: true, storageLimit: null, repositories: 3 },
  });
  expect(projects.written).toEqual([]);
  const done = await run(plan.id);
  expect(done).toMatchObject({ status: 'done', title: expect.stringContaining('change project web at') });
  // Nothing but what differs is sent.
  expect(projects.written).toEqual([{ change: id, fields: { public: true } }]);
  const undo = await startUndo(core, done.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect((await projects.read(id)).fields.public).toBe(false);
});

test('what is made goes with its undo; what is deleted is made again, and its name is asked for', async () => {
  const { core, handle, projects, run } = await setUp();
  const made = await core.products.planChanges(handle, [
    { act: 'create', kind: 'project', name: 'fresh', fields: { public: true } },
  ]);
  const creation = await run(made.id);
  expect(creation.status).toBe('done');
  expect([...projects.held.values()].map(({ name }) => name)).toEqual(['fresh']);
  const taken = await core.plans.planUndo(creation.id);
  expect(taken.typed).toBe('fresh');
  const deletion = await run(taken.id, 'fresh');
  expect(deletion.status).toBe('done');
  expect(projects.held.size).toBe(0);
  expect(core.operations.get(creation.id).undone).toMatchObject({ by: deletion.id });
});

test('what the registry says it did and does not show has failed', async () => {
  const { core, handle, projects, run } = await setUp();
  const id = projects.put('web', { public: false });
  projects.forgets = true;
  const changed = await core.products.planChanges(handle, [
    { act: 'change', kind: 'project', id, fields: { public: true } },
  ]);
  expect(await run(changed.id)).toMatchObject({
    status: 'failed',
    failure: { code: 'refused', reason: expect.stringContaining('public') },
  });
  const deleted = await core.products.planChanges(handle, [{ act: 'delete', kind: 'project', id }]);
  expect(await run(deleted.id, 'web')).toMatchObject({
    status: 'failed',
    failure: { code: 'refused', reason: expect.stringContaining('has it still') },
  });
});

test('what somebody else changed after the plan is not written over', async () => {
  const { core, handle, projects, run } = await setUp();
  const id = projects.put('web', { public: false, storageLimit: 10 });
  const plan = await core.products.planChanges(handle, [
    { act: 'change', kind: 'project', id, fields: { public: true } },
  ]);
  await projects.change(id, { storageLimit: 20 });
  expect(await run(plan.id)).toMatchObject({ status: 'failed', failure: { code: 'planStale' } });
  expect((await projects.read(id)).fields.public).toBe(false);
});

test('what one may not do, what cannot be set and what is so already is refused before there is a plan', async () => {
  const { core, account, handle, projects } = await setUp();
  const id = projects.put('web', { public: false });
  const wanted = (fields: Record<string, boolean | number | null>) =>
    core.products.planChanges(handle, [{ act: 'change', kind: 'project', id, fields }]);
  await expect(wanted({ repositories: 1 })).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(wanted({ storageLimit: 1 })).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(wanted({ public: 3 })).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(wanted({ public: false })).rejects.toMatchObject({ code: 'invalidInput' });
  projects.may = 'administrators';
  const create = () =>
    core.products.planChanges(handle, [{ act: 'create', kind: 'project', name: 'mine', fields: {} }]);
  await expect(create()).rejects.toMatchObject({
    code: 'denied',
    reason: expect.stringContaining('administrators of the registry'),
  });
  expect(await core.products.form(handle, 'project')).toEqual({ may: 'administrators', choices: {} });
  core.accounts.setReadOnly(account.id, true);
  await expect(
    core.products.planChanges(await core.accounts.handle(account.id), [
      { act: 'delete', kind: 'project', id },
    ]),
  ).rejects.toMatchObject({ code: 'readOnly' });
});

test("a robot's secret is in no record: it is said once, or kept as an account of the registry", async () => {
  const { core, account, handle, robots, run } = await setUp();
  const wanted = (name: string) =>
    ({ act: 'create', kind: 'robot', name, fields: { permissions: ['web/repository:pull'] } }) as const;
  const plan = await core.products.planChanges(handle, [wanted('ci'), wanted('cd')]);
  expect(plan.summary.notes).toEqual(['secretOnce']);
  const operation = await run(plan.id);
  expect(operation.status).toBe('done');
  const kept = await core.products.keepSecrets(operation.id, account.id);
  expect(kept).toMatchObject(
    ['robot$ci', 'robot$cd'].map((username) => ({
      host: account.host,
      signIn: { kind: 'password', username },
    })),
  );
  expect(core.products.takeSecrets(operation.id)).toEqual([]);
  await expect(core.products.keepSecrets(operation.id, account.id)).rejects.toMatchObject({
    code: 'unsupported',
  });
  expect(JSON.stringify([core.operations.get(operation.id), core.operations.history(10)])).not.toContain(
    'secret-of',
  );
  const [id = ''] = robots.held.keys();
  const renewal = await core.products.planChanges(handle, [{ act: 'renew', kind: 'robot', id }]);
  expect(renewal.summary.notes).toEqual(['secretOnce', 'secretEnds']);
  const renewed = await run(renewal.id);
  await expect(core.plans.planUndo(renewed.id)).rejects.toMatchObject({ code: 'unsupported' });
  expect(core.products.takeSecrets(renewed.id)).toEqual([
    { name: 'robot$ci', secret: 'another-secret-of-ci' },
  ]);
  expect(core.products.takeSecrets(renewed.id)).toEqual([]);
});

test('work of a product: its dry run is the plan, its run is followed to its end', async () => {
  const { core, handle, retention, run } = await setUp();
  const plan = await core.products.planJob(handle, { job: 'retention', of: 'web', options: {} });
  expect(plan).toMatchObject({
    subject: { job: 'retention', act: 'start', of: 'web', name: 'web' },
    summary: { dryRun: { id: '1', options: { dryRun: true } }, log: 'log of 1' },
    items: { total: 2, by: { run: 1, item: 1 } },
  });
  expect(core.plans.items(plan.id, { offset: 1, limit: 1 }).items).toMatchObject([
    { state: 'item', item: { name: 'what 1 looked at', counts: { total: 3, kept: 1 } }, log: 'log of 1, 7' },
  ]);
  const done = await run(plan.id);
  expect(done).toMatchObject({
    status: 'done',
    title: expect.stringContaining('run retention of web at'),
    actions: { undo: false },
    outcome: { run: { id: '2', state: 'done', counts: { succeeded: 3 } }, log: 'log of 2' },
  });
  expect((await core.products.runs(handle, { job: 'retention', of: 'web' })).map(({ id }) => id)).toEqual([
    '2',
    '1',
  ]);
  expect(await all(core.products.items(handle, { job: 'retention', run: '2' }))).toHaveLength(1);
  retention.may = 'projectAdministrators';
  await expect(
    core.products.planJob(handle, { job: 'retention', of: 'web', options: {} }),
  ).rejects.toMatchObject({ code: 'denied' });
});

test('work that deletes tags does so by the locks: not a protected one, and many by the name that is typed', async () => {
  const { core, account, handle, retention, run } = await setUp();
  const work = { job: 'retention', of: 'web', options: {} } as const;
  retention.takes = ['pr-1', 'v1'];
  const early = await core.products.planJob(handle, work);
  expect(early).toMatchObject({ summary: { tags: 2 } });
  core.accounts.protectTags(account.id, ['web/*:v*']);
  const refused = { code: 'protectedTag', reason: expect.stringContaining('web/app:v1') };
  const other = await core.accounts.handle(account.id);
  await expect(core.products.planJob(other, work)).rejects.toMatchObject(refused);
  await expect(core.plans.start(early.id)).rejects.toMatchObject(refused);
  // A dry run alone deletes nothing.
  const only = await core.products.planJob(other, { ...work, options: { dryRun: true } });
  expect(only.items.by).toEqual({ run: 1, item: 2 });
  expect(retention.all.every(({ options }) => options.dryRun)).toBe(true);

  core.accounts.protectTags(account.id, []);
  core.settings.change({ typeNameFrom: 2 });
  const many = await core.products.planJob(other, work);
  expect(many.typed).toBe('web');
  await expect(core.plans.start(many.id, { typed: 'wob' })).rejects.toMatchObject({ code: 'nameNeeded' });
  expect(await run(many.id, 'web')).toMatchObject({ status: 'done' });
});

test('a run is stopped, and its end as stopped is what was wanted', async () => {
  const { core, handle, retention, run } = await setUp();
  retention.endless = true;
  const id = await retention.start('web', {});
  const plan = await core.products.planStop(handle, { job: 'retention', of: 'web', run: id });
  expect(await run(plan.id)).toMatchObject({ status: 'done', outcome: { run: { id, state: 'stopped' } } });
  await expect(
    core.products.planStop(handle, { job: 'retention', of: 'web', run: id }),
  ).rejects.toMatchObject({ code: 'invalidInput' });
});
