import { expect, test } from 'vitest';
import {
  clientReader,
  getManifest,
  headManifest,
  listTags,
  RegistryClient,
  type TransferSnapshot,
} from '../../../src-main/engine/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { type CopyResult, planCopy, planRetag, runCopy } from '../../support/copy.ts';
import {
  descriptor,
  makeArtifact,
  makeHelmChart,
  makeImage,
  makeMultiPlatform,
  type TestBlob,
  type TestManifest,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { makeSchema1 } from '../../support/schema1.ts';
import {
  collect,
  connect,
  newRepository,
  requestsDuring,
  type Subject,
  sourceIn,
  type TestedRegistry,
  targetIn,
} from '../setup.ts';

/** The blobs below a manifest, each once. */
function blobsOf(manifest: TestManifest): TestBlob[] {
  const all = [...manifest.blobs, ...manifest.children.flatMap(blobsOf)];
  return [...new Map(all.map((one) => [one.digest, one])).values()];
}

function bytesOf(manifest: TestManifest): number {
  return blobsOf(manifest).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** Fails unless everything of it is in the repository, byte for byte, as the engine reads (and verifies) it. */
async function expectWhole(
  client: RegistryClient,
  repository: string,
  reference: string,
  manifest: TestManifest,
): Promise<void> {
  const raw = await getManifest(client, repository, reference);
  expect(raw.digest).toBe(manifest.digest);
  expect(Buffer.from(raw.bytes).equals(manifest.bytes)).toBe(true);
  const reader = clientReader(client);
  for (const part of manifest.blobs) {
    const bytes = await reader.blob(repository, descriptor(part));
    expect(Buffer.from(bytes).equals(part.bytes)).toBe(true);
  }
  for (const child of manifest.children) await expectWhole(client, repository, child.digest, child);
}

function isBlobWrite(line: string): boolean {
  return /^(PUT|PATCH) \/v2\/.*\/blobs\/uploads\//.test(line);
}

/** Another registry (the local one, open) to copy from and to. */
async function otherRegistry(): Promise<TestedRegistry> {
  const { url } = await startTestRegistry();
  return { options: { url, proxy: { kind: 'none' } }, target: { url }, requestLines: () => [] };
}

const makers: Readonly<Record<string, () => Promise<TestManifest>>> = {
  'an OCI image': () => makeImage(),
  'a Docker image': () => makeImage({ family: 'docker' }),
  'an OCI index': () => makeMultiPlatform(),
  'a Docker manifest list': () => makeMultiPlatform('app', 'docker'),
  'an artifact': async () => makeArtifact({ content: Buffer.from('report') }),
  'an artifact without content': async () => makeArtifact(),
  'a Helm chart': () => makeHelmChart(),
};
const names = Object.keys(makers);
const make = (name: string) => (makers[name] as () => Promise<TestManifest>)();

/** Copies within and between registries, retags. */
export function copying({ abilities, registry }: Subject): void {
  test.each(names)(
    'transfer-16: %s: within the registry, every blob is mounted, or there already, and none is sent',
    async (name) => {
      const manifest = await make(name);
      const [from, to] = [newRepository('from'), newRepository('to')];
      await push(manifest, registry().target, from, '1.0');
      const client = connect(registry());
      let result: CopyResult | undefined;
      const requests = await requestsDuring(registry(), async () => {
        const plan = await planCopy(sourceIn(client, from, '1.0'), targetIn(client, to, 'copy'), true);
        expect(plan.unchanged).toBe(false);
        expect(plan).not.toHaveProperty('replaces');
        result = await runCopy(plan);
      });
      expect(result).toMatchObject({
        digest: manifest.digest,
        bytesSent: 0,
        bytesMounted: abilities.sharesBlobs ? 0 : bytesOf(manifest),
        bytesPresent: abilities.sharesBlobs ? bytesOf(manifest) : 0,
      });
      expect(requests.filter(isBlobWrite)).toEqual([]);
      await expectWhole(client, to, 'copy', manifest);
      expect(await collect(listTags(client, to))).toEqual(['copy']);
    },
  );

  test.each(names)('transfer-16: %s: from another registry, then again', async (name) => {
    const manifest = await make(name);
    const other = await otherRegistry();
    const [from, to] = [newRepository('from'), newRepository('to')];
    await push(manifest, other.target, from, '1.0');
    const [source, client] = [connect(other), connect(registry())];
    const shared = abilities.sharesBlobs === true;
    if (shared) await push(manifest, registry().target, newRepository('elsewhere'), '1.0');
    const snapshots: TransferSnapshot[] = [];
    let result: CopyResult | undefined;
    const first = await requestsDuring(registry(), async () => {
      const plan = await planCopy(sourceIn(source, from, '1.0'), targetIn(client, to, '1.0'), false);
      result = await runCopy(plan, { report: (progress) => void snapshots.push(progress) });
    });
    const bytes = bytesOf(manifest);
    // A new blob costs three requests at most, and is put whole.
    const blobRequests = first.filter((line) => line.includes('/blobs/'));
    expect(blobRequests.length).toBeLessThanOrEqual(3 * blobsOf(manifest).length);
    expect(blobRequests.filter((line) => line.startsWith('PUT '))).toHaveLength(
      shared ? 0 : blobsOf(manifest).length,
    );
    expect(blobRequests.filter((line) => line.startsWith('PATCH '))).toEqual([]);
    expect(result).toMatchObject({
      digest: manifest.digest,
      bytesSent: shared ? 0 : bytes,
      bytesMounted: 0,
      bytesPresent: shared ? bytes : 0,
    });
    expect(snapshots.at(-1)).toMatchObject({
      phase: 'done',
      bytesTotal: bytes,
      bytesSent: shared ? 0 : bytes,
    });
    await expectWhole(client, to, '1.0', manifest);

    const second = await requestsDuring(registry(), async () => {
      const again = await planCopy(sourceIn(source, from, '1.0'), targetIn(client, to, '1.0'), false);
      expect(again).toMatchObject({ unchanged: true, replaces: manifest.digest });
      expect(await runCopy(again)).toMatchObject({ bytesSent: 0, bytesMounted: 0 });
    });
    expect(second).toEqual([`HEAD /v2/${to}/manifests/1.0`]); // a tag that did not change costs no more
  });

  test.each(names)('%s: to another registry', async (name) => {
    const manifest = await make(name);
    const other = await otherRegistry();
    const [from, to] = [newRepository('from'), newRepository('to')];
    await push(manifest, registry().target, from, '1.0');
    const target = connect(other);
    const source = sourceIn(connect(registry()), from, manifest.digest);
    const result = await runCopy(await planCopy(source, targetIn(target, to, 'by-digest'), false));
    expect(result).toMatchObject({ digest: manifest.digest, bytesSent: bytesOf(manifest) });
    await expectWhole(target, to, 'by-digest', manifest);
  });

  test('only what is missing is sent', async () => {
    const other = await otherRegistry();
    const repository = newRepository('partly');
    const shared = { base: 4000 };
    const [old, fresh] = [
      await makeImage({ name: 'old', layers: shared }),
      await makeImage({ name: 'fresh', layers: { ...shared, more: 700 } }),
    ];
    await push(old, registry().target, repository, 'old');
    await push(fresh, other.target, repository, 'fresh');
    const client = connect(registry());
    const source = sourceIn(connect(other), repository, 'fresh');
    const result = await runCopy(await planCopy(source, targetIn(client, repository, 'fresh'), false));
    const present = old.blobs[1]?.bytes.length;
    expect(result).toMatchObject({ bytesPresent: present, bytesSent: bytesOf(fresh) - Number(present) });
    await expectWhole(client, repository, 'fresh', fresh);
    await expectWhole(client, repository, 'old', old);
  });

  test('a retag moves no byte of a blob and keeps the manifest', async () => {
    const repository = newRepository('retag');
    const [one, two] = [await makeMultiPlatform('one'), await makeMultiPlatform('two')];
    await push(one, registry().target, repository, 'one');
    await push(two, registry().target, repository, 'two');
    const client = connect(registry());
    const requests = await requestsDuring(registry(), async () => {
      const fresh = await planRetag(sourceIn(client, repository, 'one'), 'stable');
      expect(fresh).not.toHaveProperty('replaces');
      expect(await runCopy(fresh)).toMatchObject({ digest: one.digest, bytesSent: 0, bytesMounted: 0 });
      const moved = await planRetag(sourceIn(client, repository, 'two'), 'stable');
      expect(moved).toMatchObject({ replaces: one.digest, unchanged: false });
      expect(await runCopy(moved)).toMatchObject({ digest: two.digest, bytesSent: 0, bytesMounted: 0 });
    });
    expect(requests.filter((line) => /^(POST|PUT|PATCH) /.test(line))).toEqual([
      `PUT /v2/${repository}/manifests/stable`,
      `PUT /v2/${repository}/manifests/stable`,
    ]);
    await expectWhole(client, repository, 'stable', two);
    await expectWhole(client, repository, 'one', one);
  });

  test('transfer-16: a copy of an image of the first kind is refused and writes nothing', async () => {
    if (!abilities.schema1) return await expectSchema1Refused(registry());
    const [from, to] = [newRepository('old'), newRepository('new')];
    await push(makeSchema1(from, '1'), registry().target, from, '1');
    const client = connect(registry());
    const copy = planCopy(sourceIn(client, from, '1'), targetIn(client, to, '1'), true).then((plan) =>
      runCopy(plan),
    );
    await expect(copy).rejects.toMatchObject({ code: 'unsupported' });
    await expect(headManifest(client, to, '1')).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a copy that is cancelled tags nothing and is reported as cancelled', async () => {
    const other = await otherRegistry();
    const [from, to] = [newRepository('from'), newRepository('to')];
    await push(await makeImage({ layers: { base: 3_000_000 } }), other.target, from, '1');
    const client = connect(registry());
    const plan = await planCopy(sourceIn(connect(other), from, '1'), targetIn(client, to, '1'), false);
    const controller = new AbortController();
    const copy = runCopy(plan, { signal: controller.signal, report: () => controller.abort() });
    await expect(copy).rejects.toMatchObject({ code: 'cancelled' });
    await expect(headManifest(client, to, '1')).rejects.toMatchObject({ code: 'notFound' });
  });

  if (abilities.signIn !== 'none') {
    test('a copy without the right to push names the side that refused', async () => {
      const other = await otherRegistry();
      const [from, to] = [newRepository('from'), newRepository('to')];
      await push(await makeImage(), other.target, from, '1');
      const { credentials: _, ...options } = registry().options;
      const client = new RegistryClient(options);
      whenFinished(() => client.close());
      const copy = planCopy(sourceIn(connect(other), from, '1'), targetIn(client, to, '1'), false).then(
        (plan) => runCopy(plan),
      );
      await expect(copy).rejects.toMatchObject({ code: 'unauthorized', side: 'target' });
    });
  }
}

/** A registry that does not take images of the first kind does not get one by a copy either. */
async function expectSchema1Refused(registry: TestedRegistry): Promise<void> {
  const other = await startTestRegistry();
  const [from, to] = [newRepository('old'), newRepository('new')];
  const { signatures: _, ...unsigned } = JSON.parse(makeSchema1(from, '1').bytes.toString());
  const bytes = Buffer.from(JSON.stringify(unsigned));
  const mediaType = 'application/vnd.docker.distribution.manifest.v1+json';
  await other.storage.putManifest(from, '1', mediaType, bytes); // past the checks of a push
  const source = connect({ ...registry, options: { url: other.url, proxy: { kind: 'none' } } });
  const client = connect(registry);
  const copy = planCopy(sourceIn(source, from, '1'), targetIn(client, to, '1'), false).then((plan) =>
    runCopy(plan),
  );
  await expect(copy).rejects.toMatchObject({ code: 'unsupported' });
  await expect(headManifest(client, to, '1')).rejects.toMatchObject({ code: 'notFound' });
}
