import { expect, test } from 'vitest';
import {
  clientReader,
  type Descriptor,
  describe as describeImage,
  digestOf,
  graph,
  type ManifestReader,
  type RawManifest,
  RegistryError,
  summarize,
} from '../../../src-main/engine/index.ts';
import {
  amd64,
  makeAttestation,
  makeHelmChart,
  makeImage,
  makeIndex,
  mediaTypes,
} from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { push } from '../../support/push.ts';
import { clientOf } from '../../support/server.ts';

/** A reader over what is in memory, that counts what it is asked. */
function memoryReader(): ManifestReader & {
  add(document: object, mediaType?: string): Descriptor;
  addBlob(content: string, mediaType: string): Descriptor;
  readonly asked: string[];
} {
  const manifests = new Map<string, RawManifest>();
  const blobs = new Map<string, Uint8Array>();
  const asked: string[] = [];
  const missing = (): never => {
    throw new RegistryError('notFound', 'GET memory');
  };
  return {
    asked,
    add(document, mediaType = mediaTypes.oci.manifest) {
      const bytes = Buffer.from(JSON.stringify(document));
      const digest = digestOf(bytes);
      manifests.set(digest, { digest, mediaType, bytes });
      return { mediaType, digest, size: bytes.length };
    },
    addBlob(content, mediaType) {
      const bytes = Buffer.from(content);
      blobs.set(digestOf(bytes), bytes);
      return { mediaType, digest: digestOf(bytes), size: bytes.length };
    },
    head: async (_, reference) => {
      const raw = manifests.get(reference) ?? missing();
      return { digest: raw.digest, mediaType: raw.mediaType, size: raw.bytes.length };
    },
    get: async (_, reference) => {
      asked.push(reference);
      return manifests.get(reference) ?? missing();
    },
    blob: async (_, { digest }) => {
      asked.push(digest);
      return blobs.get(digest) ?? missing();
    },
  };
}

const head = ({ digest, mediaType, size }: Descriptor): Descriptor => ({ digest, mediaType, size });

test('created is the newest of configs and annotations', async () => {
  const reader = memoryReader();
  const image = (created: string, architecture: string): Descriptor & { platform: object } => {
    const config = reader.addBlob(
      JSON.stringify({ created, os: 'linux', architecture }),
      mediaTypes.oci.config,
    );
    return { ...reader.add({ config, layers: [] }), platform: { os: 'linux', architecture } };
  };
  const manifests = [image('2023-01-01T00:00:00Z', 'amd64'), image('2024-06-01T00:00:00Z', 'arm64')];
  const index = reader.add({ manifests }, mediaTypes.oci.index);
  expect(await summarize(reader, 'a', head(index))).toMatchObject({
    kind: 'index',
    created: '2024-06-01T00:00:00Z',
    platforms: [{ architecture: 'amd64' }, { architecture: 'arm64' }],
    attested: false,
  });
  const annotated = reader.add(
    { manifests, annotations: { 'org.opencontainers.image.created': '2025-01-01T00:00:00Z' } },
    mediaTypes.oci.index,
  );
  expect(await summarize(reader, 'a', head(annotated))).toMatchObject({ created: '2025-01-01T00:00:00Z' });
});

test('a sparse index and a config that is gone are shown with what is there', async () => {
  const reader = memoryReader();
  const config = { mediaType: mediaTypes.oci.config, digest: digestOf(Buffer.from('gone')), size: 4 };
  const layer = { mediaType: mediaTypes.oci.layer, digest: digestOf(Buffer.from('layer')), size: 100 };
  const image = reader.add({ config, layers: [layer] });
  const absent = { mediaType: mediaTypes.oci.manifest, digest: digestOf(Buffer.from('absent')), size: 9 };
  const index = reader.add(
    {
      manifests: [
        { ...image, platform: amd64 },
        { ...absent, platform: { os: 'linux', architecture: 's390x' } },
      ],
    },
    mediaTypes.oci.index,
  );
  const summary = await summarize(reader, 'a', head(index));
  expect(summary.platforms).toEqual([amd64, { os: 'linux', architecture: 's390x' }]);
  expect(summary.size).toBe(index.size + image.size + 4 + 100);
  expect(summary).not.toHaveProperty('created');
  expect((await describeImage(reader, 'a', image.digest)).content).toMatchObject({
    kind: 'image',
    layers: [{ digest: layer.digest, size: 100, foreign: false }],
  });
});

test('an index nested in an index is read once however often it is listed; a deep one is refused', async () => {
  const reader = memoryReader();
  const config = reader.addBlob('{}', mediaTypes.oci.config);
  const leaf = reader.add({ config, layers: [] });
  const inner = reader.add({ manifests: [leaf, leaf] }, mediaTypes.oci.index);
  const outer = reader.add({ manifests: [leaf, inner, inner] }, mediaTypes.oci.index);
  const root = await reader.get('a', outer.digest);
  reader.asked.length = 0;
  const whole = await graph(reader, 'a', root);
  expect(whole.manifests.map(({ digest }) => digest)).toEqual([leaf.digest, inner.digest, outer.digest]);
  expect(reader.asked.toSorted()).toEqual([leaf.digest, inner.digest].toSorted());
  let deep = leaf;
  for (let level = 0; level < 12; level++) deep = reader.add({ manifests: [deep] }, mediaTypes.oci.index);
  await expect(graph(reader, 'a', await reader.get('a', deep.digest))).rejects.toMatchObject({
    code: 'tooLarge',
  });
});

test('a missing child fails where all is needed', async () => {
  const reader = memoryReader();
  const absent = { mediaType: mediaTypes.oci.manifest, digest: digestOf(Buffer.from('absent')), size: 9 };
  const index = reader.add({ manifests: [absent] }, mediaTypes.oci.index);
  await expect(graph(reader, 'a', await reader.get('a', index.digest))).rejects.toMatchObject({
    code: 'notFound',
  });
});

test('an attestation and a chart are described', async () => {
  const registry = await startTestRegistry();
  const image = await makeImage();
  const attestation = makeAttestation(image);
  await push(makeIndex([{ manifest: image, platform: amd64 }, attestation]), registry, 'a', '1');
  await push(await makeHelmChart('web', '2.0.0'), registry, 'a', 'chart');
  const reader = clientReader(clientOf(registry));
  const described = await describeImage(reader, 'a', attestation.manifest.digest);
  expect(described.content).toEqual({
    kind: 'attestation',
    statements: [expect.objectContaining({ predicateType: 'https://slsa.dev/provenance/v0.2' })],
  });
  expect(described.raw).toBe(attestation.manifest.bytes.toString());
  expect((await describeImage(reader, 'a', 'chart')).content).toMatchObject({
    kind: 'helmChart',
    chart: { name: 'web', version: '2.0.0', appVersion: '9.9' },
  });
});
