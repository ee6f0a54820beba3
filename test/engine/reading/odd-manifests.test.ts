import { expect, test } from 'vitest';
import {
  clientReader,
  describe as describeImage,
  graph,
  headManifest,
  type RegistryClient,
  summarize,
} from '../../../src-main/engine/index.ts';
import {
  amd64,
  arm64,
  blob,
  descriptor,
  makeBareIndex,
  makeBuildCache,
  makeImage,
  makeIndex,
  manifestOf,
  mediaTypes,
  seededBytes,
  type TestManifest,
} from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { push } from '../../support/push.ts';
import { planDeletion } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';

const line = async (client: RegistryClient, reference: string) =>
  summarize(clientReader(client), 'a', await headManifest(client, 'a', reference));
const shown = (client: RegistryClient, reference: string) =>
  describeImage(clientReader(client), 'a', reference);

/** Puts content there as it is, past the checks of a push. */
async function put(
  registry: GuardedRegistry,
  tag: string,
  { mediaType, bytes }: TestManifest,
): Promise<void> {
  await registry.storage.putManifest('a', tag, mediaType, bytes);
}

/** An image whose manifest says something else than it should. */
async function oddImage(edit: (document: Record<string, unknown>) => object): Promise<TestManifest> {
  const image = await makeImage();
  const document = edit(JSON.parse(image.bytes.toString()));
  return manifestOf({ mediaType: image.mediaType, ...document }, image.blobs);
}

test('B1: a manifest that cannot be read is shown as that, with its digest and its bytes', async () => {
  const registry = await startTestRegistry();
  const broken = manifestOf({ mediaType: mediaTypes.oci.manifest, schemaVersion: 2 }, []);
  await put(registry, 'broken', broken);
  const client = clientOf(registry);
  expect(await line(client, 'broken')).toMatchObject({
    digest: broken.digest,
    kind: 'unreadable',
    size: broken.bytes.length,
    platforms: [],
    unreadable: expect.stringContaining('config'),
  });
  expect(await shown(client, 'broken')).toMatchObject({
    digest: broken.digest,
    raw: broken.bytes.toString(),
    content: { kind: 'unreadable', reason: expect.stringContaining('config') },
  });
});

test('B1: a child that cannot be read takes nothing from its neighbours', async () => {
  const registry = await startTestRegistry({ limits: { children: false } });
  const [image, broken] = [await makeImage(), manifestOf({ mediaType: mediaTypes.oci.manifest }, [])];
  await push(image, registry, 'a');
  await put(registry, broken.digest, broken);
  const index = makeIndex([
    { manifest: broken, platform: arm64 },
    { manifest: image, platform: amd64 },
  ]);
  await put(registry, 'index', index);
  const client = clientOf(registry);
  expect(await line(client, 'index')).toMatchObject({ kind: 'index', platforms: [arm64, amd64] });
  expect((await shown(client, 'index')).content).toMatchObject({
    kind: 'index',
    entries: [{ kind: 'unreadable', digest: broken.digest }, { kind: 'image' }],
  });
  // What is copied must be known: there it is an error.
  const reader = clientReader(client);
  await expect(graph(reader, 'a', await reader.get('a', index.digest))).rejects.toMatchObject({
    code: 'invalidResponse',
  });
});

test('B1: a config whose size differs is shown, with a note; one that is junk is reported as that', async () => {
  const registry = await startTestRegistry();
  const differing = await oddImage((document) => ({
    ...document,
    config: { ...(document.config as object), size: 7 },
  }));
  const [config] = differing.blobs;
  await push(differing, registry, 'a', 'differing');
  const junk = blob(mediaTypes.oci.config, Buffer.from('junk'));
  const unreadable = manifestOf(
    { mediaType: mediaTypes.oci.manifest, schemaVersion: 2, config: descriptor(junk), layers: [] },
    [junk],
  );
  await push(unreadable, registry, 'a', 'junk');
  const client = clientOf(registry);
  expect(await line(client, 'differing')).toMatchObject({ kind: 'image', platforms: [amd64] });
  expect((await shown(client, 'differing')).content).toMatchObject({
    config: { digest: config?.digest, size: 7, actualSize: config?.bytes.length, platform: amd64 },
  });
  expect((await shown(client, 'junk')).content).toMatchObject({
    kind: 'image',
    config: { digest: junk.digest, unreadable: expect.stringContaining('not JSON') },
  });
});

test('B1: sizes that are none, and media types that are missing, cost themselves only', async () => {
  const registry = await startTestRegistry();
  const odd = await oddImage((document) => ({
    ...document,
    config: { digest: (document.config as { digest: string }).digest },
    layers: (document.layers as { digest: string }[]).map(({ digest }, at) => ({ digest, size: -at })),
  }));
  // The same blobs.
  await push(await makeImage(), registry, 'a');
  await put(registry, 'odd', odd);
  const client = clientOf(registry);
  expect(await line(client, 'odd')).toMatchObject({ kind: 'image', platforms: [amd64] });
  expect((await shown(client, 'odd')).content).toMatchObject({
    kind: 'image',
    config: { platform: amd64, actualSize: expect.any(Number) },
    layers: [{ size: 0 }, { size: 0, sizeUnknown: true }],
  });
});

test("B4: BuildKit's cache is a build cache; its blobs are never asked for as manifests, and it holds up no plan", async () => {
  const registry = await startOddRegistry(({ url }, ordinary) =>
    // As distribution answers for the digest of a blob.
    cache.blobs.some(({ digest }) => url.endsWith(`/manifests/${digest}`)) ? { status: 500 } : ordinary(),
  );
  const cache = makeBuildCache();
  const image = await makeImage();
  await push(cache, registry.behind, 'a', 'buildcache');
  await push(image, registry.behind, 'a', 'v1');
  const client = clientOf(registry);
  const size = [cache, ...cache.blobs].reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(await line(client, 'buildcache')).toMatchObject({ kind: 'buildCache', size, platforms: [] });
  expect((await shown(client, 'buildcache')).content).toMatchObject({
    kind: 'buildCache',
    blobs: cache.blobs.map(({ digest, mediaType }) => ({ digest, mediaType })),
  });
  const reader = clientReader(client);
  const whole = await graph(reader, 'a', await reader.get('a', cache.digest));
  expect(whole.manifests.map(({ digest }) => digest)).toEqual([cache.digest]);
  expect(whole.blobs.map(({ digest }) => digest)).toEqual(cache.blobs.map(({ digest }) => digest));
  expect(await planDeletion(client, reader, 'a', { tags: ['v1'] })).toMatchObject({ asked: ['v1'] });
  const asked = registry.lines().filter((told) => cache.blobs.some(({ digest }) => told.includes(digest)));
  expect(asked).toEqual([]);
});

test('B4: a neighbour that cannot be read holds up no plan', async () => {
  const registry = await startOddRegistry(({ method, url }, ordinary) =>
    method === 'GET' && url.endsWith(`/manifests/${broken.digest}`) ? { status: 500 } : ordinary(),
  );
  const [image, broken] = [await makeImage(), await makeImage({ name: 'broken' })];
  await push(image, registry.behind, 'a', 'v1');
  await push(broken, registry.behind, 'a', 'broken');
  const client = clientOf(registry, { retry: { tries: 1 } });
  expect(await planDeletion(client, clientReader(client), 'a', { tags: ['v1'] })).toMatchObject({
    asked: ['v1'],
  });
});

test('B4: nested indexes are looked through for platforms; images without one go by their config', async () => {
  const registry = await startTestRegistry();
  const [one, two] = [await makeImage({ platform: amd64 }), await makeImage({ platform: arm64 })];
  const nested = makeBareIndex(makeBareIndex(one), makeBareIndex(two));
  await push(nested, registry, 'a', 'nested');
  const client = clientOf(registry);
  expect((await line(client, 'nested')).platforms).toEqual([amd64, arm64]);
  expect((await shown(client, 'nested')).images).toEqual([
    { digest: one.digest, platform: amd64 },
    { digest: two.digest, platform: arm64 },
  ]);
});

test('S3: an index of enormous manifests is given up before they fill the memory', async () => {
  const registry = await startTestRegistry({ limits: { children: false } });
  const config = descriptor(blob(mediaTypes.oci.config, Buffer.from('{}')));
  const children: TestManifest[] = [];
  for (let number = 0; number < 12; number++) {
    const annotations = { filler: seededBytes(`filler ${number}`, 1_500_000).toString('hex') };
    const child = manifestOf({ mediaType: mediaTypes.oci.manifest, config, annotations }, []);
    await put(registry, child.digest, child);
    children.push(child);
  }
  await put(registry, 'huge', makeIndex(children.map((manifest) => ({ manifest, platform: amd64 }))));
  registry.clearRequests();
  await expect(line(clientOf(registry), 'huge')).rejects.toMatchObject({
    code: 'tooLarge',
    reason: expect.stringContaining('16 MiB'),
  });
  const read = registry.requests.filter(({ path }) => children.some(({ digest }) => path.includes(digest)));
  expect(read.length).toBeLessThan(children.length);
});

test('B4: what could not be read is reported in a plan, and needs consent where it may hold what goes', async () => {
  const registry = await startOddRegistry(({ method, url }, ordinary) =>
    method === 'GET' && unreadable.some(({ digest }) => url.endsWith(`/manifests/${digest}`))
      ? { status: 500 }
      : ordinary(),
  );
  const [image, other] = [await makeImage(), await makeImage({ name: 'other' })];
  const index = makeIndex([{ manifest: image, platform: amd64 }]);
  const unreadable = [other, index];
  await push(image, registry.behind, 'a', 'v1');
  await push(other, registry.behind, 'a', 'other');
  const client = clientOf(registry, { retry: { tries: 1 } });
  const planned = () => planDeletion(client, clientReader(client), 'a', { tags: ['v1'] });
  expect(await planned()).toMatchObject({ unread: ['other'], needsConsent: false });
  await push(index, registry.behind, 'a', 'index');
  expect(await planned()).toMatchObject({ unread: ['index', 'other'], needsConsent: true });
});
