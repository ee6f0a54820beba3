import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';

/** Where a tag of `team/app` points. */
async function digestOf(registry: { url: string }, tag: string): Promise<string | undefined> {
  const reply = await plainRequest(registry, `/v2/team/app/manifests/${tag}`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

const LIMITS = [
  ['by name', {}],
  ['by digest only', { limits: { deleteByTag: false } }],
] as const;

async function setUp(registry: GuardedRegistry) {
  const [image, other] = await Promise.all([makeImage(), makeImage({ name: 'other' })]);
  await push(image, registry, 'team/app', 'old');
  await push(other, registry, 'team/app', 'other');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const rename = (from: string, to: string) => core.deletion.planRename(handle, 'team/app', { from, to });
  const run = async (planId: string) => {
    const { operationId } = await core.plans.start(planId);
    return await core.operations.finished(operationId);
  };
  return { core, image, other, rename, run };
}

test.each(LIMITS)(
  'deleting %s: a tag gets another name, and undo gives it the old one back',
  async (_by, options) => {
    const registry = await startTestRegistry(options);
    const { core, image, other, rename, run } = await setUp(registry);
    const plan = await rename('old', 'new');
    expect(plan).toMatchObject({
      subject: { from: 'old', to: 'new', digest: image.digest },
      summary: { siblings: [] },
    });
    const ended = await run(plan.id);
    expect(ended).toMatchObject({ status: 'done', actions: { undo: true } });
    expect(await digestOf(registry, 'new')).toBe(image.digest);
    expect(await digestOf(registry, 'old')).toBeUndefined();
    expect(await digestOf(registry, 'other')).toBe(other.digest);

    const undo = await startUndo(core, ended.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(await digestOf(registry, 'old')).toBe(image.digest);
    expect(await digestOf(registry, 'new')).toBeUndefined();
  },
);

test('a name that is taken moves, the plan says from where, and undo moves it back', async () => {
  const registry = await startTestRegistry();
  const { core, image, other, rename, run } = await setUp(registry);
  const plan = await rename('old', 'other');
  expect(plan.summary).toMatchObject({ replaces: other.digest });
  const ended = await run(plan.id);
  expect(await digestOf(registry, 'other')).toBe(image.digest);
  const undo = await startUndo(core, ended.id);
  await core.operations.finished(undo.operationId);
  expect(await digestOf(registry, 'old')).toBe(image.digest);
  expect(await digestOf(registry, 'other')).toBe(other.digest);
});

test('a tag that moved since the plan stops the rename, and where the new name is refused the old one stays', async () => {
  const registry = await startTestRegistry();
  const { core, image, rename, run } = await setUp(registry);
  const plan = await rename('old', 'new');
  const moved = await makeImage({ name: 'moved' });
  await push(moved, registry, 'team/app', 'old');
  await expect(core.plans.start(plan.id)).rejects.toMatchObject({ code: 'planStale' });

  await push(image, registry, 'team/app', 'old');
  registry.inject({ kind: 'status', status: 403, when: { method: 'PUT', path: /manifests\/new/ } });
  expect(await run((await rename('old', 'new')).id)).toMatchObject({ status: 'failed' });
  expect(await digestOf(registry, 'old')).toBe(image.digest);
  expect(await digestOf(registry, 'new')).toBeUndefined();
});
