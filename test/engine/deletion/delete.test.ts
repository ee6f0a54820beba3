import { expect, test } from 'vitest';
import {
  clientReader,
  type DeletionPlanData,
  headManifest,
  listTags,
  type RegistryClient,
  runDeleteSteps,
  TagWatch,
} from '../../../src-main/engine/index.ts';
import { runDeleteStep } from '../../support/delete.ts';
import {
  amd64,
  makeArtifact,
  makeAttestation,
  makeImage,
  makeIndex,
  makeMultiPlatform,
  type TestManifest,
} from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { planDeletion, registryOf } from '../../support/registry.ts';
import { clientOf, collect, startServer } from '../../support/server.ts';

/** Like distribution 2.8: a deletion by tag is refused. */
const BY_DIGEST = { limits: { deleteByTag: false } };

async function fill(registry: GuardedRegistry, tags: Readonly<Record<string, TestManifest>>): Promise<void> {
  for (const [tag, manifest] of Object.entries(tags)) await push(manifest, registry, 'a', tag);
  registry.clearRequests();
}

const plan = (client: RegistryClient, tags: readonly string[]): Promise<DeletionPlanData> =>
  planDeletion(client, clientReader(client), 'a', { tags });

async function run(client: RegistryClient, { steps }: DeletionPlanData): Promise<void> {
  for (const step of steps) expect(await runDeleteStep(client, 'a', step)).toBe('deleted');
}

const tagsNow = async (client: RegistryClient): Promise<string[]> =>
  (await collect(listTags(client, 'a'))).toSorted();

const bytesOf = (manifest: TestManifest): number =>
  [manifest, ...manifest.blobs].reduce((sum, { bytes }) => sum + bytes.length, 0);

test('planning changes nothing and asks each tag once', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  await fill(registry, { a: image, b: image, c: await makeImage({ name: 'other' }) });
  await plan(clientOf(registry), ['a']);
  const heads = registry.requests.filter(
    ({ method, path }) => method === 'HEAD' && /manifests\/[abc]$/.test(path),
  );
  expect(heads).toHaveLength(3);
  const deletes = registry.requests.filter(({ method }) => method === 'DELETE');
  expect(
    deletes.every(
      ({ path, status }) => status === 404 && !/manifests\/[abc]$/.test(path) && !path.endsWith(image.digest),
    ),
  ).toBe(true);
  expect(registry.requests.every(({ method }) => ['GET', 'HEAD', 'DELETE'].includes(method))).toBe(true);
  expect(await tagsNow(clientOf(registry))).toEqual(['a', 'b', 'c']);
});

test('a doomed index goes before its tagged child, and children without a tag are left', async () => {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform();
  const [first, second] = index.children;
  if (!first || !second) throw new Error('an index has children');
  await fill(registry, { all: index, amd64: first });
  const client = clientOf(registry);
  const both = await plan(client, ['amd64', 'all']);
  expect(both.steps).toEqual([
    { kind: 'deleteManifest', digest: index.digest, tags: ['all'] },
    { kind: 'deleteManifest', digest: first.digest, tags: ['amd64'], after: [index.digest] },
  ]);
  expect(both.needsConsent).toBe(false);
  await run(client, both);
  expect(await headManifest(client, 'a', second.digest)).toMatchObject({ digest: second.digest });
});

test('transfer-20: a child of an index that stays: its tag alone, or a warning and a second consent', async () => {
  const index = await makeMultiPlatform();
  const [child] = index.children;
  if (!child) throw new Error('an index has children');
  const able = await startTestRegistry();
  await fill(able, { all: index, amd64: child });
  const alone = await plan(clientOf(able), ['amd64']);
  expect(alone).toMatchObject({ manifests: [], needsConsent: false, bytesFreed: 0 });
  expect(alone.tagsAlone).toEqual([{ tag: 'amd64', digest: child.digest, siblings: [] }]);
  await run(clientOf(able), alone);
  expect(await tagsNow(clientOf(able))).toEqual(['all']);
  expect(await headManifest(clientOf(able), 'a', child.digest)).toMatchObject({ digest: child.digest });

  const byDigest = await startTestRegistry(BY_DIGEST);
  await fill(byDigest, { all: index, amd64: child });
  const stands = await plan(clientOf(byDigest), ['amd64']);
  expect(stands).toMatchObject({ aloneBy: 'placeholder', manifests: [], needsConsent: false });
  await run(clientOf(byDigest), stands);
  expect(await tagsNow(clientOf(byDigest))).toEqual(['all']);
  expect(await headManifest(clientOf(byDigest), 'a', child.digest)).toMatchObject({ digest: child.digest });

  const unable = await startTestRegistry(BY_DIGEST);
  await fill(unable, { all: index, amd64: child });
  unable.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  expect(await plan(clientOf(unable), ['amd64'])).toMatchObject({
    needsConsent: true,
    alsoRemoved: [],
    manifests: [{ digest: child.digest, indexes: [{ digest: index.digest, tags: ['all'] }] }],
  });
});

test('transfer-20: referrers are named, by the API, by the fallback tag, and by cosign tags', async () => {
  const image = await makeImage();
  const report = makeArtifact({ subject: image, content: Buffer.from('report') });
  const signature = await makeImage({ name: 'signature' });
  const hex = image.digest.slice('sha256:'.length);
  const expected = [
    { digest: report.digest, artifactType: 'application/vnd.example.report' },
    { digest: signature.digest, artifactType: 'application/vnd.dev.cosign.artifact.sig.v1+json' },
  ];
  const withApi = await startTestRegistry();
  await fill(withApi, { '1': image, [`sha256-${hex}.sig`]: signature });
  await push(report, withApi, 'a');
  const without = await startTestRegistry({ limits: { referrers: false } });
  const fallback = makeIndex([{ manifest: report, platform: amd64 }]);
  const listed = JSON.parse(fallback.bytes.toString()) as { manifests: object[] };
  const manifests = listed.manifests.map((entry) => ({
    ...entry,
    artifactType: 'application/vnd.example.report',
  }));
  const typed = Buffer.from(JSON.stringify({ ...listed, manifests }));
  await fill(without, { '1': image, [`sha256-${hex}.sig`]: signature });
  await push(report, without, 'a');
  await without.storage.putManifest('a', `sha256-${hex}`, fallback.mediaType, typed);
  for (const registry of [withApi, without]) {
    const made = await plan(clientOf(registry), ['1']);
    expect(made.manifests).toMatchObject([{ digest: image.digest, tags: ['1'], indexes: [] }]);
    expect(
      made.manifests[0]?.referrers.toSorted((a, b) => a.artifactType.localeCompare(b.artifactType)),
    ).toEqual(expected.toSorted((a, b) => a.artifactType.localeCompare(b.artifactType)));
  }
});

test('B8: bytes freed are those that the steps make collectable; what only untagged children hold is counted apart', async () => {
  const registry = await startTestRegistry();
  const index = await makeMultiPlatform();
  const [child] = index.children;
  if (!child) throw new Error('an index has children');
  await fill(registry, {
    all: index,
    amd64: child,
    other: await makeImage({ name: 'x', layers: { own: 900 } }),
  });
  const sizes = new Map<string, number>();
  for (const part of [index, ...index.children, ...index.children.flatMap(({ blobs }) => blobs)])
    sizes.set(part.digest, part.bytes.length);
  const whole = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  // The child without a tag stays as a manifest of its own.
  expect(await plan(clientOf(registry), ['all'])).toMatchObject({
    bytesFreed: index.bytes.length,
    bytesInChildren: whole - bytesOf(child) - index.bytes.length,
  });
  const both = await plan(clientOf(registry), ['all', 'amd64']);
  expect(both.bytesFreed + both.bytesInChildren).toBe(whole);
  expect(both.bytesInChildren).toBeGreaterThan(0);
});

test('transfer-20: a registry that takes siblings along is found out, and they are put back', async () => {
  const image = await makeImage();
  const tags = new Set(['1', 'latest', 'stable']);
  const at = (tag: string) => () =>
    tags.has(tag)
      ? {
          headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
          body: image.bytes,
        }
      : { status: 404 };
  const put = (tag: string) => () => {
    tags.add(tag);
    return { status: 201 };
  };
  const registry = await startServer({
    'GET /v2/': { body: {} },
    'HEAD /v2/a/manifests/1': at('1'),
    'HEAD /v2/a/manifests/latest': at('latest'),
    'HEAD /v2/a/manifests/stable': at('stable'),
    [`GET /v2/a/manifests/${image.digest}`]: at('1'),
    'PUT /v2/a/manifests/latest': put('latest'),
    'PUT /v2/a/manifests/stable': put('stable'),
    'DELETE /v2/a/manifests/1': () => {
      tags.clear();
      return { status: 202 };
    },
  });
  const step = { kind: 'deleteTag', tag: '1', digest: image.digest, siblings: ['latest', 'stable'] } as const;
  await expect(runDeleteStep(clientOf(registry), 'a', step)).rejects.toMatchObject({
    code: 'conflict',
    reason: expect.stringContaining('put back'),
  });
  expect([...tags].toSorted()).toEqual(['latest', 'stable']);
});

test.each([
  ['and the list says so', true],
  ['and the list still has them', false],
])('many siblings are taken along %s: they are put back', async (_, honest) => {
  const image = await makeImage();
  const siblings = Array.from({ length: 12 }, (_, number) => `s${number}`);
  const all = ['1', ...siblings];
  const tags = new Set(all);
  const served = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
  const at = (tag: string) => () => (tags.has(tag) ? served : { status: 404 });
  const registry = await startServer({
    'GET /v2/': { body: {} },
    'GET /v2/a/tags/list': () => ({ body: { name: 'a', tags: honest ? [...tags] : all } }),
    [`GET /v2/a/manifests/${image.digest}`]: () => served,
    'DELETE /v2/a/manifests/1': () => {
      tags.clear();
      return { status: 202 };
    },
    ...Object.fromEntries(all.map((tag) => [`HEAD /v2/a/manifests/${tag}`, at(tag)])),
    ...Object.fromEntries(
      siblings.map((tag) => [
        `PUT /v2/a/manifests/${tag}`,
        () => {
          tags.add(tag);
          return { status: 201 };
        },
      ]),
    ),
  });
  const client = clientOf(registry);
  const reader = clientReader(client);
  const step = { kind: 'deleteTag', tag: '1', digest: image.digest, siblings } as const;
  const watch = new TagWatch(client, reader, 'a', {
    tags: new Map(all.map((tag) => [tag, image.digest])),
    at: performance.now(),
    doomed: new Set(['1']),
  });
  const outcomes = await runDeleteSteps(await registryOf(client), reader, 'a', [step], { watch });
  expect(outcomes.get(step)).toMatchObject({
    error: { code: 'conflict', reason: expect.stringContaining('put back') },
    differs: true,
  });
  expect([...tags].toSorted()).toEqual(siblings.toSorted());
});

test('many siblings that stay are seen to by a list and one look', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  const siblings = Array.from({ length: 12 }, (_, number) => `s${number}`);
  await fill(registry, Object.fromEntries(['1', ...siblings].map((tag) => [tag, image])));
  const client = clientOf(registry);
  const reader = clientReader(client);
  const { steps, looked } = await plan(client, ['1']);
  registry.clearRequests();
  const known = { tags: looked, at: performance.now(), doomed: new Set(['1']) };
  const watch = new TagWatch(client, reader, 'a', known);
  const outcomes = await runDeleteSteps(await registryOf(client), reader, 'a', steps, { watch });
  expect([...outcomes.values()]).toEqual([{ result: 'deleted' }]);
  const looks = registry.requests.filter(({ path }) => /manifests\/s\d+$/.test(path));
  expect(looks).toHaveLength(1);
});

test('a tag that is not there, a registry that does not delete, an account that may not', async () => {
  const registry = await startTestRegistry();
  await fill(registry, { '1': await makeImage() });
  await expect(plan(clientOf(registry), ['1', 'nope'])).rejects.toMatchObject({
    code: 'notFound',
    reason: expect.stringContaining('nope'),
  });
  await expect(plan(clientOf(registry), ['-x'])).rejects.toMatchObject({ code: 'invalidReference' });
  registry.setLimits({ delete: false });
  await expect(plan(clientOf(registry), ['1'])).rejects.toMatchObject({ code: 'unsupported' });
  registry.setLimits({ delete: true });
  registry.inject({ kind: 'status', status: 403, when: { method: 'DELETE' } });
  await expect(plan(clientOf(registry), ['1'])).rejects.toMatchObject({ code: 'denied' });
});

test('tags that cannot be read do not stop a plan for others', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  const sparse = makeIndex([
    { manifest: await makeImage({ name: 'missing' }), platform: amd64 },
    makeAttestation(image),
  ]);
  await fill(registry, { '1': image });
  await registry.storage.putManifest('a', 'sparse', sparse.mediaType, sparse.bytes);
  await registry.storage.putManifest(
    'a',
    'junk',
    'application/vnd.oci.image.manifest.v1+json',
    Buffer.from('junk'),
  );
  const made = await plan(clientOf(registry), ['1']);
  expect(made.steps).toEqual([{ kind: 'deleteManifest', digest: image.digest, tags: ['1'] }]);
});

test('a thousand tags on one digest are planned with one GET of it', async () => {
  const registry = await startTestRegistry(BY_DIGEST);
  const image = await makeImage();
  await fill(registry, { t0: image });
  const tags = Array.from({ length: 1000 }, (_, index) => `t${index}`);
  await registry.storage.seed([{ repository: 'a', mediaType: image.mediaType, bytes: image.bytes, tags }]);
  const client = clientOf(registry);
  const gets: string[] = [];
  const reader = clientReader(client);
  const made = await planDeletion(
    client,
    {
      ...reader,
      get: (repository, reference, signal) => {
        gets.push(reference);
        return reader.get(repository, reference, signal);
      },
    },
    'a',
    { tags: ['t7'] },
  );
  expect(made.tagsAlone[0]?.siblings).toHaveLength(999);
  expect(made.needsConsent).toBe(false);
  expect(gets).toEqual([image.digest]);
});
