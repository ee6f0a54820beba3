import { expect, test } from 'vitest';
import { whenFinished } from '../support/cleanup.ts';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { storedBlobs } from '../support/docker-storage.ts';
import { makeArtifact, makeImage, makeMultiPlatform } from '../support/images.ts';
import { openCore } from '../support/own-core.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

const sum = (numbers: Iterable<number>) => [...numbers].reduce((total, each) => total + each, 0);

/** An index, an image with something attached to it that has no tag, and an image whose tag is deleted. */
async function setUp(program: string) {
  const registry = await startDockerRegistry('open', { 'docker-registry': program });
  const index = await makeMultiPlatform('multi');
  const kept = await makeImage({ name: 'kept', layers: { base: 30_000 } });
  const attached = await makeArtifact({
    content: Buffer.alloc(4_000, 'sbom'),
    subject: kept,
  });
  await push(index, registry.target, 'team/multi', 'v1');
  await push(kept, registry.target, 'team/app', 'kept');
  await push(attached, registry.target, 'team/app', attached.digest);
  const going = await makeImage({ name: 'going', layers: { base: 30_000, own: 9_000 } });
  await push(going, registry.target, 'team/app', 'going');
  const core = await openCore(await temporaryFolder());
  whenFinished(() => core.close());
  const { id } = await core.accounts.add(
    {
      name: 'distribution',
      url: registry.url,
      signIn: { kind: 'anonymous' },
      tls: { verify: true },
      proxy: { kind: 'none' },
      readOnly: false,
      repositories: [],
    },
    {},
  );
  const handle = await core.accounts.handle(id);
  const { scanId } = await core.inventory.scan(handle, { readManifests: false, dates: true });
  await core.inventory.finished(scanId);
  const plan = await core.deletion.planFor(handle, 'team/app', ['going']);
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const used = async () => sum((await storedBlobs(registry.folder)).values());
  return { registry, core, id, index, attached, plan, used };
}

/** What its dry run prints is what it then frees, and no more. */
async function readsBack(program: string): Promise<void> {
  const { registry, core, id, plan, used } = await setUp(program);
  const printed = await registry.wouldCollect();
  const read = await core.collections.readOutput(id, printed);
  expect(read).toMatchObject({ unknown: 0, manifests: 0, whole: true, ran: false, needed: { count: 0 } });
  expect(read.known.bytes).toBe(plan.summary.bytesFreed);
  expect(read.largest.at(0)?.size).toBeGreaterThanOrEqual(9_000);
  const cut = printed.split('\n').filter((line) => !line.includes('blobs marked'));
  expect(await core.collections.readOutput(id, cut.join('\n'))).toMatchObject({ whole: false });
  await expect(core.collections.readOutput(id, 'nothing')).rejects.toMatchObject({ code: 'invalidInput' });
  const before = await used();
  await registry.collectGarbage();
  expect(before - (await used())).toBe(read.known.bytes);
}

/** What the plan of a deletion in two repositories says of the whole registry is what is freed. */
async function freesAsPlanned(program: string): Promise<void> {
  const { registry, core, id, index, used } = await setUp(program);
  const [shared, own] = [
    await makeImage({ name: 'shared', layers: { base: 30_000, elsewhere: 7_000 } }),
    await makeImage({ name: 'own', layers: { base: 30_000, lone: 5_000 } }),
  ];
  for (const repository of ['team/a', 'team/b', 'team/c'])
    await push(shared, registry.target, repository, '1');
  await push(own, registry.target, 'team/a', 'own');
  await push(own, registry.target, 'team/b', 'own');
  const handle = await core.accounts.handle(id);
  const { scanId } = await core.inventory.scan(handle, { readManifests: true, dates: false });
  await core.inventory.finished(scanId);
  const plan = await core.deletion.planMany(handle, [
    { repository: 'team/a', tags: [{ tag: '1' }, { tag: 'own' }] },
    { repository: 'team/b', tags: [{ tag: 'own' }] },
    { repository: 'team/multi', tags: [{ tag: 'v1' }] },
  ]);
  const { inRegistry } = plan.summary;
  if (!inRegistry) throw new Error('All of it was scanned.');
  const ofIndex = index.children.flatMap(({ bytes, blobs }) => [
    bytes.length,
    ...blobs.map((one) => one.bytes.length),
  ]);
  expect(inRegistry).toMatchObject({ atMost: false, unread: 0 });
  expect(inRegistry.untaggedBytes).toBeLessThanOrEqual(sum(ofIndex));
  await registry.collectGarbage();
  const before = await used();
  const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  await registry.collectGarbage();
  const now = await used();
  expect(before - now).toBe(inRegistry.bytes - inRegistry.untaggedBytes);
  await registry.collectGarbage(true);
  expect(now - (await used())).toBeGreaterThanOrEqual(inRegistry.untaggedBytes);
}

describeWithPeer(['docker-registry'], 'garbage collection of docker-registry 2.8', (programs) => {
  const program = programs['docker-registry'];

  test('what its dry run prints is read back, and it frees that, to the byte', () => readsBack(program));

  test('what the plan of a deletion says is freed, to the byte', () => freesAsPlanned(program));

  test('--delete-untagged would take the images of an index that has a tag: that is seen before', async () => {
    const { registry, core, id, index, attached } = await setUp(program);
    const printed = await registry.wouldCollect(true);
    for (const { digest } of index.children) expect(printed).toContain(`eligible for deletion: ${digest}`);
    expect(printed).toContain(`eligible for deletion: ${attached.digest}`);
    const read = await core.collections.readOutput(id, printed);
    expect(read.needed.count).toBeGreaterThan(0);
    expect(read.needed.some.map(({ digest }) => digest)).toContain(index.children[0]?.digest);
  });
});

describeWithPeer(['distribution-3'], 'garbage collection of distribution 3', (programs) => {
  const program = programs['distribution-3'];

  test('what its dry run prints is read back, and it frees that, to the byte', () => readsBack(program));

  test('what the plan of a deletion says is freed, to the byte', () => freesAsPlanned(program));

  test('--delete-untagged keeps the images of an index, and takes what is attached', async () => {
    const { registry, core, id, index, attached } = await setUp(program);
    const printed = await registry.wouldCollect(true);
    for (const { digest } of index.children)
      expect(printed).not.toContain(`eligible for deletion: ${digest}`);
    expect(printed).toContain(`eligible for deletion: ${attached.digest}`);
    expect((await core.collections.readOutput(id, printed)).manifests).toBeGreaterThan(0);
  });
});
