import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { restoreItem } from '../../src-main/common/restoring.ts';
import { makeArtifact, makeImage, makeMultiPlatform, sha256, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';
import { everything, planCleanup, planCopy, planFor, planSync, startUndo } from './support/plans.ts';
import { stateOf } from './support/state.ts';

vi.setConfig({ testTimeout: 120_000 });

const REPOSITORY = 'team/app';

async function setUp(options: Parameters<typeof testCore>[0] = {}) {
  const registry = await startTestRegistry({ settlesMs: 0 });
  const core = await testCore(options);
  const { id } = await addAccount(core, registry);
  return { registry, core, handle: await core.accounts.handle(id) };
}

type Site = Awaited<ReturnType<typeof setUp>>;

async function deleted(
  { core, handle }: Site,
  tags: readonly string[],
  { keepContent, attached = false }: { keepContent?: boolean; attached?: boolean } = {},
) {
  const plan = await planFor(core, handle, REPOSITORY, tags, { attached });
  const { operationId } = await core.plans.start(plan.id, { consent: true, keepContent });
  return await core.operations.finished(operationId);
}

/** Takes all that no tag leads to. */
async function collect({ collector }: GuardedRegistry): Promise<void> {
  const { manifests } = await collector.plan({ untagged: true });
  await collector.collect({ untagged: manifests });
}

async function blobsThere(registry: GuardedRegistry, image: TestManifest): Promise<boolean[]> {
  return await Promise.all(
    image.blobs.map(async ({ digest }) => {
      const reply = await plainRequest(registry, `/v2/${REPOSITORY}/blobs/${digest}`);
      return reply.status === 200 && sha256(reply.body) === digest;
    }),
  );
}

const filesIn = async (home: string) =>
  (await readdir(path.join(home, 'kept/blobs/sha256'))).map((hex) => `sha256:${hex}`);

test('content that was kept brings an index and what is attached to it back after a collection, from one file for each blob', async () => {
  const site = await setUp();
  const { registry, core } = site;
  const index = await makeMultiPlatform();
  const content = Buffer.from('what is in it');
  const sbom = makeArtifact({ artifactType: 'application/spdx+json', subject: index, content });
  const other = await makeImage({ name: 'other' });
  await push(index, registry, REPOSITORY, '1');
  await push(index, registry, REPOSITORY, 'latest');
  await push(sbom, registry, REPOSITORY);
  await push(other, registry, REPOSITORY, '2');
  const before = await stateOf(registry, [REPOSITORY]);
  const operation = await deleted(site, ['1', 'latest', '2'], { keepContent: true });
  expect(operation).toMatchObject({ status: 'done', actions: { undo: true } });
  // Some registries collect what has lost its subject.
  await plainRequest(registry, `/v2/${REPOSITORY}/manifests/${sbom.digest}`, { method: 'DELETE' });
  await collect(registry);
  for (const image of [...index.children, sbom, other])
    expect(await blobsThere(registry, image)).not.toContain(true);

  const all = [index, ...index.children, sbom, other];
  const expected = new Set(all.flatMap(({ digest, blobs }) => [digest, ...blobs.map((blob) => blob.digest)]));
  expect(new Set(await filesIn(core.home))).toEqual(expected);
  for (const digest of expected)
    expect(sha256(await readFile(path.join(core.home, 'kept/blobs', digest.replace(':', '/'))))).toBe(digest);
  const layout = JSON.parse(await readFile(path.join(core.home, 'kept/index.json'), 'utf8'));
  const names = layout.manifests.map(
    (entry: { annotations?: Record<string, string> }) =>
      entry.annotations?.['org.opencontainers.image.ref.name'],
  );
  const { host } = new URL(registry.url);
  expect(names).toEqual(
    expect.arrayContaining(['1', 'latest', '2'].map((tag) => `${host}/${REPOSITORY}:${tag}`)),
  );

  const plan = await core.plans.planUndo(operation.id);
  const bytes = new Map(all.flatMap(({ blobs }) => blobs.map((blob) => [blob.digest, blob.bytes.length])));
  expect(plan).toMatchObject({
    items: { by: { collected: 0, unknown: 0 } },
    summary: { sends: [...bytes.values()].reduce((sum, size) => sum + size, 0), unasked: 0 },
  });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(registry, [REPOSITORY])).toEqual(before);
  for (const image of all) {
    expect(await blobsThere(registry, image)).not.toContain(false);
    const reply = await plainRequest(registry, `/v2/${REPOSITORY}/manifests/${image.digest}`);
    expect(sha256(reply.body)).toBe(image.digest);
  }
});

const RULES = `
version: 1
rules:
  - { name: old, repositories: ["team/**"], delete: [{ name: all, tags: "old-*" }] }
`;

test('a cleanup over several repositories keeps its content in the same way, and comes back as one', async () => {
  const { registry, core, handle } = await setUp();
  for (const repository of ['team/app', 'team/web']) {
    await push(await makeImage({ name: repository }), registry, repository, 'stays');
    await push(await makeImage({ name: `old ${repository}` }), registry, repository, 'old-1');
  }
  const before = await stateOf(registry, ['team/app', 'team/web']);
  const plan = await planCleanup(core, handle, RULES);
  const { operationId } = await core.plans.start(plan.id, { consent: true, keepContent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(registry, ['team/app', 'team/web'])).not.toEqual(before);
  await collect(registry);
  const undo = await core.plans.planUndo(operationId);
  expect(undo.items.by).toMatchObject({ restore: 2, collected: 0 });
  const { operationId: back } = await core.plans.start(undo.id);
  expect(await core.operations.finished(back)).toMatchObject({ status: 'done' });
  expect(await stateOf(registry, ['team/app', 'team/web'])).toEqual(before);
});

test('a tag that goes alone is not kept while others hold its image; it is where it was the last one', async () => {
  const site = await setUp();
  const { registry, core } = site;
  const image = await makeImage();
  for (const tag of ['1', '2']) await push(image, registry, REPOSITORY, tag);
  expect(await deleted(site, ['1'], { keepContent: true })).toMatchObject({ status: 'done' });
  expect(core.trash.usage()).toMatchObject({ content: { bytes: 0 } });
  expect(await deleted(site, ['2'], { keepContent: true })).toMatchObject({ status: 'done' });
  const size = image.bytes.length + image.blobs.reduce((sum, blob) => sum + blob.bytes.length, 0);
  expect(core.trash.usage()).toMatchObject({ content: { bytes: size } });
});

test.each([
  [
    'a copy from another registry',
    async ({ core, handle }: Site) => {
      const source = await startTestRegistry();
      await push(await makeImage({ name: 'newer' }), source, REPOSITORY, '1');
      const from = {
        registry: await core.accounts.forHost(source.url, {}),
        repository: REPOSITORY,
        reference: '1',
      };
      return await planCopy(core, from, { registry: handle, repository: REPOSITORY, tag: '1' });
    },
  ],
  [
    'a synchronisation',
    async ({ core, handle }: Site) => {
      const source = await startTestRegistry();
      await push(await makeImage({ name: 'newer' }), source, REPOSITORY, '1');
      return await planSync(core, await core.accounts.forHost(source.url, {}), handle, everything);
    },
  ],
  [
    'a retag',
    async ({ core, handle, registry }: Site) => {
      await push(await makeImage({ name: 'newer' }), registry, REPOSITORY, '2');
      const place = { registry: handle, repository: REPOSITORY };
      return await planCopy(core, { ...place, reference: '2' }, { ...place, tag: '1' });
    },
  ],
] as const)(
  'what %s overwrites is kept whole where that is asked for, and comes back after a collection',
  async (_, planned) => {
    const site = await setUp();
    const { core, registry } = site;
    core.settings.change({ keepContent: true });
    const image = await makeImage({ name: 'overwritten', layers: { own: 5_000 } });
    await push(image, registry, REPOSITORY, '1');
    const before = await stateOf(registry, [REPOSITORY]);
    const run = async (keepContent?: boolean) => {
      const { operationId } = await core.plans.start((await planned(site)).id, { keepContent });
      expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
      return operationId;
    };
    // The settings are about what is deleted.
    const first = await run();
    expect(core.trash.usage().content.bytes).toBe(0);
    await core.operations.finished((await startUndo(core, first)).operationId);
    const operationId = await run(true);
    expect(core.trash.usage().content.bytes).toBeGreaterThan(0);
    await collect(registry);
    expect(await blobsThere(registry, image)).toContain(false);
    const undo = await startUndo(core, operationId);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect((await stateOf(registry, [REPOSITORY]))[REPOSITORY]?.['1']).toEqual(before[REPOSITORY]?.['1']);
  },
);

test('content is kept where the settings say so and the plan does not, and never else', async () => {
  const site = await setUp();
  const { registry, core } = site;
  for (const name of ['1', '2', '3']) await push(await makeImage({ name }), registry, REPOSITORY, name);
  await deleted(site, ['1']);
  expect(core.trash.usage().content.bytes).toBe(0);
  core.settings.change({ keepContent: true });
  await deleted(site, ['2'], { keepContent: false });
  expect(core.trash.usage().content.bytes).toBe(0);
  await deleted(site, ['3']);
  expect(core.trash.usage().content.bytes).toBeGreaterThan(0);
});

test('what is more than may be kept is not deleted; the oldest makes room for the newest', async () => {
  const site = await setUp();
  const { registry, core } = site;
  core.settings.change({ keptGigabytes: 0.01 });
  const [one, two, large] = [
    await makeImage({ name: 'one', layers: { one: 6_000_000 } }),
    await makeImage({ name: 'two', layers: { two: 6_000_000 } }),
    await makeImage({ name: 'large', layers: { large: 11_000_000 } }),
  ];
  for (const [tag, image] of Object.entries({ one, two, large }))
    await push(image, registry, REPOSITORY, tag);
  await deleted(site, ['one'], { keepContent: true });
  expect(await filesIn(core.home)).toContain(one.digest);
  await deleted(site, ['two'], { keepContent: true });
  expect(await filesIn(core.home)).not.toContain(one.digest);
  expect(await filesIn(core.home)).toContain(two.digest);
  expect(await deleted(site, ['large'], { keepContent: true })).toMatchObject({
    status: 'failed',
    failure: { code: 'keepLimit' },
    actions: { undo: false },
  });
  expect(await stateOf(registry, [REPOSITORY])).toEqual({ [REPOSITORY]: { large: large.digest } });
  expect(await filesIn(core.home)).toContain(two.digest);
});

test('layers are kept in the folder that is chosen, which has to be writable and cannot be changed while some are kept', async () => {
  const site = await setUp();
  const { core, registry } = site;
  const chosen = await temporaryFolder();
  await writeFile(path.join(chosen, 'notes.txt'), 'mine');
  const refused = (keptFolder: string, reason: string) =>
    expect(() => core.settings.change({ keptFolder })).toThrow(
      expect.objectContaining({ code: 'invalidInput', message: expect.stringContaining(reason) }),
    );
  refused('relative/folder', 'from the root');
  refused(path.join(chosen, 'notes.txt'), 'cannot be written into');
  core.settings.change({ keptFolder: chosen });
  await push(await makeImage({ layers: { own: 5_000 } }), registry, REPOSITORY, '1');
  const operation = await deleted(site, ['1'], { keepContent: true });
  const { content } = core.trash.usage();
  expect(path.dirname(content.folder)).toBe(chosen);
  expect(await readdir(path.join(content.folder, 'blobs/sha256'))).not.toEqual([]);
  refused('', 'remove them before');
  await collect(registry);
  const undo = await startUndo(core, operation.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(registry, [REPOSITORY])).toMatchObject({ [REPOSITORY]: { 1: expect.any(String) } });
  await core.trash.empty('content');
  core.settings.change({ keptFolder: '' });
  expect(core.trash.usage().content.folder).toBe(path.join(core.home, 'kept'));
  expect(await readFile(path.join(chosen, 'notes.txt'), 'utf8')).toBe('mine');
});

test('content that is too old goes when the next operation has ended, and what others need of it stays', async () => {
  let now = new Date('2026-03-01T00:00:00Z');
  const site = await setUp({ now: () => now });
  const { registry, core } = site;
  core.settings.change({ keptDays: 2 });
  const [one, two, three] = await Promise.all(
    ['one', 'two', 'three'].map((name) => makeImage({ name, layers: { base: 1_000, [name]: 1_000 } })),
  );
  if (!one || !two || !three) throw new Error('three images');
  for (const [tag, image] of Object.entries({ one, two, three }))
    await push(image, registry, REPOSITORY, tag);
  await deleted(site, ['one'], { keepContent: true });
  now = new Date('2026-03-02T00:00:00Z');
  await deleted(site, ['two'], { keepContent: true });
  now = new Date('2026-03-03T12:00:00Z');
  await deleted(site, ['three'], { keepContent: false });
  const expected = new Set([two.digest, ...two.blobs.map(({ digest }) => digest)]);
  await expect.poll(async () => new Set(await filesIn(core.home))).toEqual(expected);
});

test('where it cannot be kept whole nothing is deleted', async () => {
  const site = await setUp();
  const { registry, core } = site;
  const [whole, broken] = [await makeImage({ name: 'whole' }), await makeImage({ name: 'broken' })];
  await push(whole, registry, REPOSITORY, '1');
  await push(broken, registry, REPOSITORY, '2');
  const before = await stateOf(registry, [REPOSITORY]);
  const [, layer] = broken.blobs;
  registry.inject({
    kind: 'status',
    status: 404,
    when: { method: 'GET', path: new RegExp(`${layer?.digest}$`) },
  });
  const operation = await deleted(site, ['1', '2'], { keepContent: true });
  expect(operation).toMatchObject({
    status: 'failed',
    failure: { code: 'notFound' },
    actions: { undo: false },
  });
  expect(await stateOf(registry, [REPOSITORY])).toEqual(before);
  expect(core.trash.usage().content.bytes).toBe(0);
});

test('kept bytes that are spoiled on the disk are not sent: the tag stays away, and that is said', async () => {
  const site = await setUp();
  const { registry, core } = site;
  const image = await makeImage();
  await push(image, registry, REPOSITORY, '1');
  const operation = await deleted(site, ['1'], { keepContent: true });
  await collect(registry);
  const [, layer] = image.blobs;
  if (!layer) throw new Error('no layer');
  const file = path.join(core.home, 'kept/blobs', layer.digest.replace(':', '/'));
  await writeFile(file, Buffer.alloc(layer.bytes.length, 7));
  const undo = await startUndo(core, operation.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'digestMismatch' },
  });
  expect(await stateOf(registry, [REPOSITORY])).toEqual({ [REPOSITORY]: {} });
});

test('the trash shows what it holds, and can be emptied of kept content or whole; the plan of an undo then says what is not possible', async () => {
  const site = await setUp();
  const { registry, core } = site;
  const image = await makeImage();
  await push(image, registry, REPOSITORY, '1');
  const { id } = await deleted(site, ['1'], { keepContent: true });
  const size = image.bytes.length + image.blobs.reduce((sum, blob) => sum + blob.bytes.length, 0);
  const folder = path.join(core.home, 'kept');
  expect(core.trash.usage()).toEqual({
    operations: 1,
    manifests: 1,
    bytes: image.bytes.length,
    content: { folder, bytes: size },
  });
  expect(core.trash.entries({ offset: 0, limit: 10 })).toMatchObject([
    { operation: { id }, manifests: 1, bytes: image.bytes.length, content: size },
  ]);
  await collect(registry);
  expect((await core.plans.planUndo(id)).items.by).toMatchObject({ restore: 1, collected: 0 });

  expect(await core.trash.empty('content')).toMatchObject({ manifests: 1, content: { bytes: 0 } });
  expect(await filesIn(core.home)).toEqual([]);
  const lost = await core.plans.planUndo(id);
  expect(lost.items.by).toMatchObject({ restore: 0, collected: 1 });

  expect(await core.trash.empty('all')).toMatchObject({ operations: 0, manifests: 0, bytes: 0 });
  expect(core.trash.entries({ offset: 0, limit: 10 })).toEqual([]);
  const plan = await core.plans.planUndo(id);
  expect(plan.items.by).toMatchObject({ restore: 0, collected: 0, unknown: 1 });
  const [item] = core.plans.items(plan.id, { offset: 0, limit: 1 }).items;
  expect(restoreItem.parse(item)).toMatchObject({ tags: ['1'], digest: image.digest, state: 'unknown' });
});

test('manifests that are too old leave the trash when the next operation has ended', async () => {
  let now = new Date('2026-03-01T00:00:00Z');
  const site = await setUp({ now: () => now });
  const { registry, core } = site;
  core.settings.change({ trashDays: 5 });
  for (const name of ['1', '2', '3']) await push(await makeImage({ name }), registry, REPOSITORY, name);
  const first = await deleted(site, ['1']);
  now = new Date('2026-03-05T00:00:00Z');
  const second = await deleted(site, ['2']);
  now = new Date('2026-03-07T00:00:00Z');
  const third = await deleted(site, ['3']);
  const held = () => core.trash.entries({ offset: 0, limit: 10 }).map(({ operation }) => operation.id);
  await expect.poll(held).toEqual([third.id, second.id]);
  expect(core.operations.get(first.id)).toMatchObject({ status: 'done' });
});
