import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { ContentPlace } from '../../../src-main/engine/index.ts';
import { makeArtifact, makeImage, makeMultiPlatform, type TestManifest } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { plainRequest, push } from '../../support/push.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { move, registryContent, sourceAt, targetAt } from './moving.ts';

const layouts = ['ociLayout', 'ociArchive'] as const;
const app = { repository: 'team/app', reference: '1.0' };
const tagged = { repository: '', reference: '1.0' };

async function placeOf(kind: 'ociLayout' | 'ociArchive' | 'dockerArchive'): Promise<ContentPlace> {
  return { kind, path: path.join(await temporaryFolder(), kind) };
}

/** Names of all files below a folder. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
}

async function registryWith(manifest: TestManifest) {
  const registry = await startTestRegistry();
  await push(manifest, registry, app.repository, app.reference);
  return registry;
}

const kinds: Readonly<Record<string, () => Promise<TestManifest>>> = {
  'an OCI image': () => makeImage(),
  'a Docker image': () => makeImage({ family: 'docker' }),
  'an OCI index': () => makeMultiPlatform(),
  'a Docker manifest list': () => makeMultiPlatform('app', 'docker'),
  'an artifact': async () => makeArtifact({ content: Buffer.from('a report') }),
};

for (const kind of layouts) {
  test.each(Object.keys(kinds))(
    `%s goes from a registry through ${kind} into another, byte for byte`,
    async (what) => {
      const manifest = await (kinds[what] as () => Promise<TestManifest>)();
      const place = await placeOf(kind);
      const [source, target] = [await registryWith(manifest), await startTestRegistry()];
      const item = await move(registryContent(source), app, await targetAt(place), tagged);
      expect(item.root?.digest).toBe(manifest.digest);
      await move(await sourceAt(place), tagged, registryContent(target), app);
      const { body } = await plainRequest(target, `/v2/team/app/manifests/1.0`, {
        headers: { accept: manifest.mediaType },
      });
      expect(body.equals(manifest.bytes)).toBe(true);
    },
  );

  test(`${kind}: what is there is not written again, and other tags stay`, async () => {
    const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
    const place = await placeOf(kind);
    const registry = await registryWith(one);
    await push(two, registry, 'team/app', '2.0');
    const target = await targetAt(place);
    await move(registryContent(registry), app, target, tagged);
    const again = await move(registryContent(registry), app, target, tagged);
    expect(again.verdict).toBe('same');
    const second = { repository: 'team/app', reference: '2.0' };
    await move(registryContent(registry), second, target, {
      repository: 'quay.io/team/app',
      reference: '2.0',
    });
    const source = await sourceAt(place);
    expect(source.names).toEqual([
      { repository: '', tag: '1.0' },
      { repository: 'quay.io/team/app', tag: '2.0' },
    ]);
    expect((await source.head('quay.io/team/app', '2.0')).digest).toBe(two.digest);
    expect((await source.head('', '1.0')).digest).toBe(one.digest);
    expect((await source.get('', two.digest)).digest).toBe(two.digest);
  });

  test(`${kind}: what is attached goes along and is found again`, async () => {
    const image = await makeImage();
    const report = makeArtifact({ content: Buffer.from('a report'), subject: image });
    const place = await placeOf(kind);
    const [source, target] = [await registryWith(image), await startTestRegistry()];
    await push(report, source, 'team/app', report.digest);
    await move(registryContent(source), app, await targetAt(place), tagged, { attached: true });
    const layout = await sourceAt(place);
    expect((await layout.referrers('', image.digest)).map(({ digest }) => digest)).toEqual([report.digest]);
    await move(layout, tagged, registryContent(target), app, { attached: true });
    const { body } = await plainRequest(target, `/v2/team/app/referrers/${image.digest}`);
    expect(JSON.parse(body.toString()).manifests).toMatchObject([{ digest: report.digest }]);
  });

  test(`${kind}: nothing is left of a copy that failed`, async () => {
    const place = await placeOf(kind);
    const registry = await registryWith(await makeImage());
    registry.inject({ when: { method: 'GET', path: /blobs/ }, kind: 'corrupt' });
    await expect(move(registryContent(registry), app, await targetAt(place), tagged)).rejects.toMatchObject({
      code: 'digestMismatch',
      side: 'source',
    });
    const folder = path.dirname('path' in place ? place.path : '');
    expect(await filesIn(folder)).toEqual([]);
  });
}

test('a folder holds the files that the specification says, and no others', async () => {
  const image = await makeImage();
  const place = await placeOf('ociLayout');
  await move(registryContent(await registryWith(image)), app, await targetAt(place), tagged);
  const folder = 'path' in place ? place.path : '';
  const blobs = [image, ...image.blobs].map(({ digest }) => digest.replace('sha256:', ''));
  expect((await filesIn(folder)).sort()).toEqual([...blobs, 'index.json', 'oci-layout'].sort());
  expect(JSON.parse(await readFile(path.join(folder, 'index.json'), 'utf8'))).toEqual({
    schemaVersion: 2,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    manifests: [
      {
        mediaType: image.mediaType,
        digest: image.digest,
        size: image.bytes.length,
        annotations: { 'org.opencontainers.image.ref.name': '1.0' },
      },
    ],
  });
});

test('a docker archive keeps the ID of an image and not its digest, and adds to what is there', async () => {
  const [one, two] = [await makeImage({ name: 'one' }), await makeMultiPlatform('two')];
  const place = await placeOf('dockerArchive');
  const [source, target] = [await registryWith(one), await startTestRegistry()];
  await push(two, source, 'team/app', '2.0');
  const archive = await targetAt(place);
  const item = await move(registryContent(source), app, archive, { repository: 'app', reference: '1.0' });
  expect(item.root?.digest).toBe(one.blobs[0]?.digest);
  expect(item.sourceDigest).toBe(one.digest);
  const again = await move(registryContent(source), app, archive, { repository: 'app', reference: '1.0' });
  expect(again.verdict).toBe('same');
  const second = { repository: 'team/app', reference: '2.0' };
  const named = { repository: 'localhost:5000/two', reference: 'x' };
  await expect(move(registryContent(source), second, archive, named)).rejects.toMatchObject({
    code: 'unsupported',
    side: 'target',
  });
  await move(registryContent(source), second, archive, named, {
    platforms: { platforms: ['linux/arm64'], index: 'rewritten' },
  });
  const saved = await sourceAt(place);
  expect(saved.names).toEqual([
    { repository: 'docker.io/library/app', tag: '1.0' },
    { repository: 'localhost:5000/two', tag: 'x' },
  ]);
  const back = await move(saved, { repository: 'app', reference: '1.0' }, registryContent(target), app);
  const { body } = await plainRequest(target, `/v2/team/app/manifests/${back.root?.digest}`);
  const config = JSON.parse(one.blobs[0]?.bytes.toString() ?? '');
  expect(JSON.parse(body.toString())).toMatchObject({
    config: { digest: one.blobs[0]?.digest },
    layers: config.rootfs.diff_ids.map((digest: string) => ({ digest })),
  });
});
