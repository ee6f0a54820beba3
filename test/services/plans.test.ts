import { expect, test } from 'vitest';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';

async function setUp() {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const home = await temporaryFolder();
  const core = await testCore({ home });
  const [one, two] = [await addAccount(core, source), await addAccount(core, target)];
  return {
    home,
    core,
    source,
    target,
    from: await core.accounts.handle(one.id),
    to: await core.accounts.handle(two.id),
  };
}

async function digestAt(registry: { url: string }, tag: string): Promise<string | undefined> {
  const reply = await plainRequest(registry, `/v2/team/app/manifests/${tag}`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

const copyOf = (tag: string) => ({
  source: { repository: 'team/app', reference: tag },
  target: { repository: 'team/app', tag },
});

test('a hundred copies are one plan and one operation; one that cannot be copied is a line of it', async () => {
  const { core, source, target, from, to } = await setUp();
  const images = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  const tags = Array.from({ length: 100 }, (_, number) => `t${number}`);
  for (const [number, tag] of tags.entries()) {
    const image = images[number % 2];
    if (image) await push(image, source, 'team/app', tag);
  }
  const plan = await core.transfers.planCopies(from, to, [...tags, 'missing'].map(copyOf));
  expect(plan).toMatchObject({
    kind: 'copy',
    subject: { kind: 'copy', repositories: ['team/app'], tags: 100 },
    items: { total: 101, by: { new: 100, refused: 1, same: 0 } },
  });
  expect(core.plans.items(plan.id, { state: 'refused', offset: 0, limit: 5 })).toMatchObject({
    items: [{ number: 100, failure: { code: 'notFound' } }],
    total: 1,
  });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    title: expect.stringContaining('100 tags in team/app'),
    progress: { steps: { done: 100, total: 100 } },
  });
  expect(core.operations.history(10)).toHaveLength(1);
  expect(core.operations.items(operationId, { offset: 99, limit: 9 })).toMatchObject({
    items: [{ number: 99, state: 'done', target: { tag: 't99' } }],
    total: 100,
  });
  expect(await digestAt(target, 't99')).toBe(images[1]?.digest);
  await expect(core.transfers.planCopies(from, to, [copyOf('t1'), copyOf('t1')])).rejects.toMatchObject({
    code: 'invalidInput',
  });
});

test('plans outlive the process that made them, and are looked at anew when they are started', async () => {
  const { core, source, target, from, to, home } = await setUp();
  const image = await makeImage();
  for (const tag of ['1', '2', '3']) await push(image, source, 'team/app', tag);
  await push(image, target, 'team/app', 'old');
  await push(image, target, 'team/app', 'older');
  const copy = await core.transfers.planCopies(from, to, ['1', '2'].map(copyOf));
  const deletion = await core.deletion.planFor(to, 'team/app', ['old', 'older']);
  const stale = await core.deletion.planFor(to, 'team/app', ['old', 'older']);
  await core.close();

  const next = await testCore({ home });
  expect(next.plans.get(copy.id)).toEqual(copy);
  expect(next.plans.items(copy.id, { offset: 1, limit: 5 }).items).toMatchObject([{ target: { tag: '2' } }]);
  const deleted = await next.plans.start(deletion.id);
  expect(await next.operations.finished(deleted.operationId)).toMatchObject({ status: 'done' });
  // What it would take is not there any more.
  await expect(next.plans.start(stale.id)).rejects.toMatchObject({ code: 'planStale' });
  const copied = await next.plans.start(copy.id);
  expect(await next.operations.finished(copied.operationId)).toMatchObject({ status: 'done' });
  expect(await digestAt(target, '2')).toBe(image.digest);
  expect(await digestAt(target, '3')).toBeUndefined();
  // Each once, whichever process asks.
  await expect(next.plans.start(copy.id)).rejects.toMatchObject({ code: 'planExpired' });
});
