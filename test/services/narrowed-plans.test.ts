import { expect, test } from 'vitest';
import { transferItem } from '../../src-main/common/transfer.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';
import { everything, planSync } from './support/plans.ts';

async function setUp() {
  const [source, target, home] = [
    await startTestRegistry(),
    await startTestRegistry(),
    await temporaryFolder(),
  ];
  const core = await testCore({ home });
  const [one, two] = [await addAccount(core, source), await addAccount(core, target)];
  const image = await makeImage();
  for (const repository of ['team/a', 'team/b', 'team/c']) await push(image, source, repository, '1.0');
  const from = await core.accounts.handle(one.id);
  const to = await core.accounts.handle(two.id);
  return { core, source, target, from, to, home, image };
}

async function digestAt(registry: { url: string }, repository: string): Promise<string | undefined> {
  const reply = await plainRequest(registry, `/v2/${repository}/manifests/1.0`, { method: 'HEAD' });
  return reply.status === 200 ? String(reply.headers['docker-content-digest']) : undefined;
}

test('a plan without some of its tags is another plan, made without a request; what was to be mounted from one of them is sent', async () => {
  const { core, source, target, from, to, image } = await setUp();
  const plan = await planSync(core, from, to, everything, {
    savedId: '00000000-0000-4000-8000-000000000001',
  });
  expect(plan.summary.blobs).toMatchObject({ send: { count: 3 }, mount: { count: 6 } });
  const lines = core.plans
    .items(plan.id, { offset: 0, limit: 3 })
    .items.map((item) => transferItem.parse(item));
  // From its repository the others would mount.
  const brings = lines.find(({ bytes }) => bytes?.mount === 0);
  const others = lines.filter((line) => line !== brings).map(({ target: { repository } }) => repository);
  expect(others).toHaveLength(2);

  const asked = source.requests.length + target.requests.length;
  const less = await core.transfers.narrow(plan.id, [brings?.number ?? -1]);
  expect(source.requests.length + target.requests.length).toBe(asked);
  expect(less).toMatchObject({
    kind: 'sync',
    subject: { repositories: others, tags: 2, savedId: expect.any(String) },
    summary: { blobs: { send: { count: 3 }, mount: { count: 3 } }, onlyAtTarget: [] },
    items: { total: 2, by: { new: 2 } },
  });
  // The first plan is as it was.
  expect(core.plans.get(plan.id)).toMatchObject({ items: { total: 3 } });

  const { operationId } = await core.plans.start(less.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  for (const { repository } of lines.map((line) => line.target)) {
    const isThere = others.includes(repository);
    expect(await digestAt(target, repository)).toBe(isThere ? image.digest : undefined);
  }
});

test('of several copies one may be left', async () => {
  const { core, from, to } = await setUp();
  const copies = ['team/a', 'team/b'].map((repository) => ({
    source: { repository, reference: '1.0' },
    target: { repository, tag: '1.0' },
  }));
  const plan = await core.transfers.planCopies(from, to, copies);
  expect(await core.transfers.narrow(plan.id, [1])).toMatchObject({
    subject: { kind: 'copy', target: { repository: 'team/a', tag: '1.0' } },
    items: { total: 1 },
  });
});

test('what an earlier process found is not at hand', async () => {
  const { core, from, to, home } = await setUp();
  const plan = await planSync(core, from, to, everything);
  await core.close();
  const next = await testCore({ home });
  await expect(next.transfers.narrow(plan.id, [0])).rejects.toMatchObject({ code: 'planStale' });
});
