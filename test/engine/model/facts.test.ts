import { expect, test } from 'vitest';
import { type ManifestFacts, manifestFacts } from '../../../src-main/common/facts.ts';
import { digestOf } from '../../../src-main/engine/index.ts';
import { factsOf } from '../../../src-main/engine/model/facts.ts';
import { parseImageConfig } from '../../../src-main/engine/model/image.ts';
import { parseManifest } from '../../../src-main/engine/model/manifest.ts';
import {
  amd64,
  arm64,
  descriptor,
  makeArtifact,
  makeAttestation,
  makeBareIndex,
  makeBuildCache,
  makeHelmChart,
  makeImage,
  makeIndex,
  manifestOf,
  mediaTypes,
  type TestManifest,
} from '../../support/images.ts';

/** As they cross layers. */
const facts = (raw: TestManifest): ManifestFacts => manifestFacts.parse(factsOf(raw));

test('an image: its blobs in their order, what each is, and its own bytes', async () => {
  const image = await makeImage({ layers: { base: 100, app: 50, twice: 50 } });
  const [config, ...layers] = image.blobs;
  expect(facts(image)).toEqual({
    digest: image.digest,
    mediaType: image.mediaType,
    kind: 'image',
    size: image.bytes.length,
    platforms: [],
    attested: false,
    children: [],
    blobs: [
      { ...descriptor(config as TestManifest), role: 'config' },
      ...layers.map((layer) => ({ ...descriptor(layer), role: 'layer' })),
    ],
  });
});

test('date and platform of an image are in its config, or its date in an annotation; the newer one counts', async () => {
  const annotations = { 'org.opencontainers.image.created': '2023-01-01T00:00:00Z' };
  const image = await makeImage({ platform: arm64, annotations });
  expect(facts(image)).toMatchObject({ created: '2023-01-01T00:00:00Z', platforms: [] });
  const config = parseImageConfig(image.blobs[0]?.bytes ?? Buffer.alloc(0), 2);
  expect(factsOf(image, { manifest: parseManifest(image), config })).toMatchObject({
    created: '2024-01-02T03:04:05Z',
    platforms: [arm64],
  });
});

test('an index: its children with their platforms, attestations among them, which have none', async () => {
  const [one, other] = await Promise.all([makeImage({ platform: amd64 }), makeImage({ platform: arm64 })]);
  const index = makeIndex([
    { manifest: one, platform: amd64 },
    { manifest: other, platform: arm64 },
    { manifest: await makeImage({ name: 'again' }), platform: amd64 },
    makeAttestation(one),
  ]);
  const found = facts(index);
  expect(found).toMatchObject({ kind: 'index', attested: true, platforms: [amd64, arm64], blobs: [] });
  expect(found.children).toEqual([
    { ...descriptor(one), platform: amd64 },
    { ...descriptor(other), platform: arm64 },
    { ...descriptor(index.children[2] as TestManifest), platform: amd64 },
    { ...descriptor(index.children[3] as TestManifest), attestation: true },
  ]);
  expect(facts(index.children[3] as TestManifest).kind).toBe('attestation');
  expect(facts(makeBareIndex(one)).platforms).toEqual([]);
});

test('what is attached names its subject and its type; charts and build caches are what they are', async () => {
  const subject = await makeImage();
  expect(facts(makeArtifact({ artifactType: 'application/vnd.example.sbom', subject }))).toMatchObject({
    kind: 'artifact',
    artifactType: 'application/vnd.example.sbom',
    subject: subject.digest,
  });
  expect(facts(await makeHelmChart())).toMatchObject({
    kind: 'helmChart',
    artifactType: mediaTypes.helmConfig,
  });
  const cache = facts(makeBuildCache());
  expect(cache.kind).toBe('buildCache');
  expect(cache.blobs.map(({ role }) => role)).toEqual(['other', 'other']);
});

test('layers that are kept elsewhere are no part of it', async () => {
  const { blobs } = await makeImage();
  const [config, layer] = blobs.map(descriptor);
  const foreign = { ...layer, mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip' };
  const image = manifestOf(
    { mediaType: mediaTypes.oci.manifest, config, layers: [foreign, layer, layer] },
    blobs,
  );
  expect(facts(image).blobs.map(({ role }) => role)).toEqual(['config', 'layer', 'layer']);
});

test.each([
  ['no JSON', 'not JSON at all'],
  ['an image and an index at once', JSON.stringify({ layers: [{}], manifests: [{}] })],
  ['a config without a digest', JSON.stringify({ config: {}, layers: [] })],
])('what cannot be read is reported as that: %s', (_, text) => {
  const bytes = Buffer.from(text);
  const digest = digestOf(bytes);
  expect(manifestFacts.parse(factsOf({ digest, mediaType: mediaTypes.oci.manifest, bytes }))).toEqual({
    digest,
    mediaType: mediaTypes.oci.manifest,
    kind: 'unreadable',
    size: bytes.length,
    platforms: [],
    attested: false,
    children: [],
    blobs: [],
    unreadable: expect.stringContaining(digest),
  });
});
