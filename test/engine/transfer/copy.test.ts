import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { clientReader, getManifest, type TransferSnapshot } from '../../../src-main/engine/index.ts';
import { type CopySource, type CopyTarget, planCopy, planRetag, runCopy } from '../../support/copy.ts';
import {
  descriptor,
  makeImage,
  makeMultiPlatform,
  seededBytes,
  type TestManifest,
} from '../../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { clientOf, startServer } from '../../support/server.ts';

type At = { readonly url: string };

function from(registry: At, reference = '1', repository = 'from'): CopySource {
  const client = clientOf(registry);
  return { client, reader: clientReader(client), repository, reference };
}

function to(registry: At, tag = '1', repository = 'to'): CopyTarget {
  const client = clientOf(registry);
  return { client, reader: clientReader(client), repository, tag };
}

async function two(image: TestManifest): Promise<[GuardedRegistry, GuardedRegistry]> {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  await push(image, source, 'from', '1');
  source.clearRequests();
  return [source, target];
}

const lines = (registry: GuardedRegistry): string[] =>
  registry.requests.map(({ method, path }) => `${method} ${path.replace(/\?.*/, '')}`);
const statusOf = async (registry: GuardedRegistry, path: string): Promise<number> =>
  (await plainRequest(registry, path)).status;

test('an unchanged tag costs two HEADs, a source pinned by digest one', async () => {
  const image = await makeMultiPlatform();
  const [source, target] = await two(image);
  await push(image, target, 'to', '1');
  target.clearRequests();
  expect(await planCopy(from(source), to(target), false)).toMatchObject({
    unchanged: true,
    root: { digest: image.digest, mediaType: image.mediaType, size: image.bytes.length },
    blobs: [],
    manifests: [],
    replaces: image.digest,
  });
  expect([lines(source), lines(target)]).toEqual([
    ['HEAD /v2/from/manifests/1'],
    ['HEAD /v2/to/manifests/1'],
  ]);
  await planCopy(from(source, image.digest), to(target), false);
  expect(lines(source)).toHaveLength(1);
  expect(lines(target)).toHaveLength(2);
});

test('each blob costs the source one GET and the target HEAD, POST and PUT; the tag is written last', async () => {
  const image = await makeMultiPlatform();
  const [source, target] = await two(image);
  await runCopy(await planCopy(from(source), to(target), false));
  const blobs = new Set(
    [...image.children.flatMap(({ blobs: own }) => own), ...image.blobs].map(({ digest }) => digest),
  );
  const count = (registry: GuardedRegistry, pattern: RegExp): number =>
    lines(registry).filter((line) => pattern.test(line)).length;
  expect(count(source, /^GET .*\/blobs\//)).toBe(blobs.size);
  expect(count(target, /^HEAD .*\/blobs\//)).toBe(blobs.size);
  expect(count(target, /^POST /)).toBe(blobs.size);
  expect(count(target, /^PUT .*\/uploads\//)).toBe(blobs.size);
  expect(count(target, /^PATCH /)).toBe(0);
  const manifests = lines(target).filter((line) => line.startsWith('PUT /v2/to/manifests/'));
  expect(manifests).toHaveLength(image.children.length + 1);
  expect(manifests.at(-1)).toBe('PUT /v2/to/manifests/1');
  expect(lines(target).at(-1)).toBe('PUT /v2/to/manifests/1');
});

test('content that does not match its digest tags nothing, and the source is named', async () => {
  const image = await makeImage();
  const [source, target] = await two(image);
  source.inject({ kind: 'corrupt', when: { method: 'GET', path: /blobs/ } });
  const plan = await planCopy(from(source), to(target), false);
  await expect(runCopy(plan)).rejects.toMatchObject({ code: 'digestMismatch', side: 'source' });
  expect(lines(target).some((line) => line.startsWith('PUT /v2/to/manifests/'))).toBe(false);
  expect(await statusOf(target, '/v2/to/manifests/1')).toBe(404);
});

test('a source that is cut, and a target that is cut, get through', async () => {
  const image = await makeImage({ layers: { base: 500_000, app: 300_000 } });
  const [source, target] = await two(image);
  source.inject({ kind: 'truncate', afterBytes: 100_000, when: { method: 'GET', path: /blobs/, times: 3 } });
  target.inject({ kind: 'reset', afterBytes: 100_000, when: { method: 'PUT', path: /uploads/, times: 1 } });
  const snapshots: TransferSnapshot[] = [];
  const result = await runCopy(await planCopy(from(source), to(target), false), {
    report: (progress) => void snapshots.push(progress),
  });
  const bytes = image.blobs.reduce((sum, blob) => sum + blob.bytes.length, 0);
  expect(result).toMatchObject({ digest: image.digest, bytesSent: bytes, bytesMounted: 0, bytesPresent: 0 });
  for (const blob of image.blobs)
    expect((await plainRequest(target, `/v2/to/blobs/${blob.digest}`)).body.equals(blob.bytes)).toBe(true);
  expect(snapshots.at(0)).toMatchObject({ phase: 'blobs', bytesTotal: bytes, bytesSent: 0 });
  expect(snapshots.at(-1)).toMatchObject({
    phase: 'done',
    blobs: { done: image.blobs.length, total: image.blobs.length },
    manifests: { done: 1, total: 1 },
    bytesSent: bytes,
  });
});

test('a full target is named with its words', async () => {
  const [source, target] = await two(await makeImage());
  target.inject({
    kind: 'status',
    status: 507,
    body: JSON.stringify({ errors: [{ code: 'UNKNOWN', message: 'the disk is full' }] }),
    when: { method: 'PUT', path: /uploads/ },
  });
  const plan = await planCopy(from(source), to(target), false);
  await expect(runCopy(plan)).rejects.toMatchObject({
    code: 'quotaExceeded',
    side: 'target',
    reason: 'the disk is full',
  });
});

test('a plan that was run runs again and changes nothing', async () => {
  const image = await makeImage();
  const [source, target] = await two(image);
  const plan = await planCopy(from(source), to(target), false);
  await runCopy(plan);
  const stored = await getManifest(clientOf(target), 'to', '1');
  await runCopy(plan);
  expect((await getManifest(clientOf(target), 'to', '1')).digest).toBe(stored.digest);
});

test('a part that the target claimed to have and has not is sent, once', async () => {
  const image = await makeImage();
  const [source, target] = await two(image);
  const plan = await planCopy(from(source), to(target), false);
  // As after a garbage collection between plan and run.
  for (const blob of plan.blobs) blob.state = 'present';
  expect((await runCopy(plan)).digest).toBe(image.digest);
  expect(await statusOf(target, '/v2/to/manifests/1')).toBe(200);
});

test('within a registry without mounts the content is sent, and the session of the mount is used', async () => {
  const image = await makeImage();
  const registry = await startTestRegistry({ limits: { mount: false } });
  await push(image, registry, 'from', '1');
  registry.clearRequests();
  const plan = await planCopy(from(registry), to(registry), true);
  expect(plan.blobs.map(({ state, from: place }) => [state, place])).toEqual(
    image.blobs.map(() => ['mount', 'from']),
  );
  expect(await runCopy(plan)).toMatchObject({ bytesMounted: 0, bytesSent: expect.any(Number) });
  expect(lines(registry).filter((line) => line.startsWith('POST'))).toHaveLength(image.blobs.length);
});

test('blobs are looked for when their turn comes, if so asked; what is there counts as present', async () => {
  const image = await makeImage();
  const [source, target] = await two(image);
  const [first] = image.blobs;
  if (!first) throw new Error('An image without blobs.');
  await push(image, target, 'other', '1');
  const post = await plainRequest(target, `/v2/to/blobs/uploads/?mount=${first.digest}&from=other`, {
    method: 'POST',
  });
  expect(post.status).toBe(201);
  target.clearRequests();
  const plan = await planCopy(from(source), to(target), false, { looksLater: true });
  expect(lines(target).filter((line) => line.includes('/blobs/'))).toEqual([]);
  expect(new Set(plan.blobs.map(({ state }) => state))).toEqual(new Set(['send']));
  const { bytesSent, bytesPresent } = await runCopy(plan);
  expect(bytesPresent).toBe(first.bytes.length);
  expect(bytesSent).toBe(image.blobs.slice(1).reduce((sum, { bytes }) => sum + bytes.length, 0));
  const heads = lines(target).filter((line) => line.startsWith('HEAD /v2/to/blobs/'));
  expect(heads).toHaveLength(image.blobs.length);
  expect(await statusOf(target, '/v2/to/manifests/1')).toBe(200);
});

test('transfer-5: within a registry blobs that are looked for later are mounted without a look', async () => {
  const image = await makeImage();
  const registry = await startTestRegistry();
  await push(image, registry, 'from', '1');
  registry.clearRequests();
  const plan = await planCopy(from(registry), to(registry), true, { looksLater: true });
  expect(await runCopy(plan)).toMatchObject({ bytesSent: 0, bytesMounted: expect.any(Number) });
  const blobs = lines(registry).filter((line) => line.includes('/blobs/'));
  expect(blobs).toEqual(image.blobs.map(() => 'POST /v2/to/blobs/uploads/'));
});

test('a retag asks for no blob and writes one manifest', async () => {
  const image = await makeMultiPlatform();
  const [registry] = await two(image);
  await runCopy(await planRetag(from(registry), 'stable'));
  expect(lines(registry).filter((line) => line.includes('/blobs/'))).toEqual([]);
  expect(lines(registry).filter((line) => line.startsWith('PUT'))).toEqual(['PUT /v2/from/manifests/stable']);
  expect((await plainRequest(registry, '/v2/from/manifests/stable')).body.equals(image.bytes)).toBe(true);
});

test('what is missing at the source names the source', async () => {
  const [source, target] = await two(await makeImage());
  await expect(planCopy(from(source, 'none'), to(target), false)).rejects.toMatchObject({
    code: 'notFound',
    side: 'source',
  });
  await expect(planCopy(from(source, 'a b'), to(target), false)).rejects.toMatchObject({
    code: 'invalidReference',
  });
  await expect(planCopy(from(source), to(target, '-x'), false)).rejects.toMatchObject({
    code: 'invalidReference',
  });
  const dead = await startServer({ 'HEAD /v2/to/manifests/1': { status: 503 } });
  await expect(planCopy(from(source), to(dead), false)).rejects.toMatchObject({
    code: 'registryFailed',
    side: 'target',
  });
});

test('a manifest of an unknown type is refused, since its parts could be missed', async () => {
  const body = '{"things":[]}';
  const source = await startServer({
    'HEAD /v2/from/manifests/1': { headers: { 'content-type': 'application/vnd.example' }, body },
    'GET /v2/from/manifests/1': { headers: { 'content-type': 'application/vnd.example' }, body },
    'GET *': { headers: { 'content-type': 'application/vnd.example' }, body },
  });
  const target = await startTestRegistry();
  await expect(planCopy(from(source), to(target), false)).rejects.toMatchObject({
    code: 'unsupported',
    side: 'source',
  });
});

test('cancelling in the middle of a blob ends both sides and gives the upload back', async () => {
  const image = await makeImage({ layers: { base: 2_000_000 } });
  const [source, target] = await two(image);
  target.inject({ kind: 'slow', bytesPerSecond: 500_000, when: { method: 'PUT', path: /uploads/ } });
  const controller = new AbortController();
  const plan = await planCopy(from(source), to(target), false);
  const copy = runCopy(plan, {
    signal: controller.signal,
    report: ({ bytesSent }) => bytesSent > 0 && controller.abort(),
  });
  await expect(copy).rejects.toMatchObject({ code: 'cancelled' });
  expect(lines(target).some((line) => line.startsWith('PUT /v2/to/manifests/'))).toBe(false);
});

test('a copy of 64 MiB does not hold it in memory', async () => {
  const layer = seededBytes('large', 64 * 1024 * 1024);
  const image = await makeImage();
  const [config] = image.blobs;
  if (!config) throw new Error('an image has a config');
  const [source, target] = await two(image);
  const digest = await source.storage.putBlob('from', layer);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: image.mediaType,
      config: descriptor(config),
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', digest, size: layer.length }],
    }),
  );
  await source.storage.putManifest('from', 'large', image.mediaType, manifest);
  const plan = await planCopy(from(source, 'large'), to(target, 'large'), false);
  // What is alive and not what waits for the collector, or the numbers would depend on its mood.
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const alive = (): number => {
    collect();
    return process.memoryUsage().arrayBuffers;
  };
  const before = alive();
  let [peak, measured] = [0, 0];
  await runCopy(plan, {
    report: ({ bytesSent }) => {
      if (bytesSent < measured + 4 * 1024 * 1024) return;
      measured = bytesSent;
      peak = Math.max(peak, alive() - before);
    },
  });
  expect(measured).toBeGreaterThan(layer.length / 2);
  // Source, engine and target run in this one process: together they keep less than half of the content.
  expect(peak).toBeLessThan(layer.length / 2);
}, 60_000);
