import { expect, test } from 'vitest';
import { digestOf } from '../../../src-main/engine/index.ts';
import { classify, classifyEntry } from '../../../src-main/engine/model/kind.ts';
import { parseManifest, sniffMediaType } from '../../../src-main/engine/model/manifest.ts';
import {
  DOCKER_LIST,
  DOCKER_SCHEMA1_SIGNED,
  HELM_CONFIG,
  IN_TOTO,
  OCI_ARTIFACT,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../../src-main/engine/model/media-types.ts';

const IMAGE_CONFIG = 'application/vnd.oci.image.config.v1+json';
const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';

function descriptor(mediaType: string, size = 10): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: digestOf(Buffer.from(`${mediaType} ${size}`)), size };
}

function parse(mediaType: string, document: unknown): ReturnType<typeof parseManifest> {
  const bytes = Buffer.from(typeof document === 'string' ? document : JSON.stringify(document));
  return parseManifest({ digest: digestOf(bytes), mediaType, bytes });
}

const image = { schemaVersion: 2, config: descriptor(IMAGE_CONFIG), layers: [descriptor(LAYER)] };

test('an image, an index and an artifact are read and distinguished', () => {
  expect(classify(parse(OCI_MANIFEST, image))).toBe('image');
  const entry = {
    ...descriptor(OCI_MANIFEST),
    platform: { os: 'linux', architecture: 'arm64', variant: 'v8' },
  };
  const index = parse(OCI_INDEX, { schemaVersion: 2, manifests: [entry] });
  expect(index).toMatchObject({
    kind: 'index',
    manifests: [{ platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } }],
  });
  expect(classify(parse(OCI_MANIFEST, { ...image, artifactType: 'application/x' }))).toBe('artifact');
  expect(classify(parse(OCI_MANIFEST, { ...image, config: descriptor('application/x') }))).toBe('artifact');
  expect(classify(parse(OCI_MANIFEST, { ...image, config: descriptor(HELM_CONFIG) }))).toBe('helmChart');
  expect(classify(parse(OCI_MANIFEST, { ...image, layers: [descriptor(IN_TOTO)] }))).toBe('attestation');
  expect(classify(parse(OCI_MANIFEST, { ...image, layers: null }))).toBe('image');
  expect(
    classify(parse(OCI_ARTIFACT, { mediaType: OCI_ARTIFACT, artifactType: 'application/x', blobs: [] })),
  ).toBe('artifact');
  expect(parse('application/x', { a: 1 })).toMatchObject({ kind: 'unknown' });
});

test('an attestation is recognised by its entry in the index', () => {
  const entry = {
    ...descriptor(OCI_MANIFEST),
    annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
  };
  expect(classifyEntry(entry)).toBe('attestation');
  expect(classify(parse(OCI_MANIFEST, image), entry)).toBe('attestation');
  expect(classifyEntry(descriptor(DOCKER_LIST))).toBe('index');
  expect(classifyEntry({ ...descriptor(OCI_MANIFEST), artifactType: HELM_CONFIG })).toBe('helmChart');
});

test.each([
  ['an image served as an index', OCI_INDEX, image],
  ['an index served as an image', OCI_MANIFEST, { manifests: [descriptor(OCI_MANIFEST)] }],
  ['both at once, as an image', OCI_MANIFEST, { ...image, manifests: [descriptor(OCI_MANIFEST)] }],
  ['both at once, as an index', OCI_INDEX, { ...image, manifests: [descriptor(OCI_MANIFEST)] }],
  ['an index with layers', OCI_INDEX, { manifests: [descriptor(OCI_MANIFEST)], layers: image.layers }],
  ['another media type inside than outside', OCI_MANIFEST, { ...image, mediaType: OCI_INDEX }],
])('CVE-2021-41190: %s is refused', (_, mediaType, document) => {
  expect(() => parse(mediaType, document)).toThrow(expect.objectContaining({ code: 'invalidResponse' }));
});

test.each([
  ['no JSON', 'not json'],
  ['no object', '[]'],
  ['null', 'null'],
  ['a malformed digest', { ...image, config: { ...image.config, digest: 'sha256:../x' } }],
  ['no config', { schemaVersion: 2, layers: [] }],
  ['a layer that is none', { ...image, layers: [null] }],
  ['layers that are no list', { ...image, layers: { 0: image.config } }],
  ['an index without a digest in it', { manifests: [{ mediaType: OCI_MANIFEST, size: 1 }] }],
  ['nesting without end', `{"config":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
])('%s is refused', (_, document) => {
  expect(() => parse(OCI_MANIFEST, document)).toThrow(expect.objectContaining({ code: 'invalidResponse' }));
});

test('B1: absent, null and empty are the same', () => {
  for (const nothing of [undefined, null, [], '', {}]) {
    expect(parse(OCI_MANIFEST, { ...image, manifests: nothing }).kind).toBe('image');
    const entries = [descriptor(OCI_MANIFEST)];
    const index = { manifests: entries, config: nothing, layers: nothing, mediaType: nothing };
    expect(parse(OCI_INDEX, index)).toMatchObject({ kind: 'index', manifests: entries });
    expect(parse(OCI_INDEX, { manifests: nothing })).toMatchObject({ kind: 'index', manifests: [] });
    const odd = { annotations: nothing, subject: nothing, artifactType: nothing, layers: nothing };
    expect(classify(parse(OCI_MANIFEST, { ...image, ...odd }))).toBe('image');
  }
});

test.each([
  ['a negative size', -1, 0],
  ['a fractional size', 1.5, 0],
  ['a size beyond exact numbers', 1e300, 0],
  ['no size', undefined, 0],
  ['null', null, 0],
  ['words', 'large', 0],
])('B1: %s costs itself only', (_, size, read) => {
  const manifest = parse(OCI_MANIFEST, { ...image, layers: [{ ...image.config, size }] });
  expect(manifest.kind === 'image' && manifest.layers[0]).toEqual({
    mediaType: IMAGE_CONFIG,
    digest: image.config.digest,
    size: read,
    sizeUnknown: true,
  });
});

test('B1: odd optional fields cost themselves only', () => {
  const [layer] = image.layers;
  const manifest = parse(OCI_MANIFEST, {
    ...image,
    mediaType: 7,
    subject: { digest: 'none' },
    artifactType: ['x'],
    config: { digest: image.config.digest, size: '12' },
    layers: [
      { ...layer, mediaType: undefined, urls: 'none', annotations: 7, platform: 'linux', artifactType: 1 },
    ],
  });
  expect(manifest).toEqual({
    kind: 'image',
    mediaType: OCI_MANIFEST,
    annotations: {},
    config: { mediaType: IMAGE_CONFIG, digest: image.config.digest, size: 12 },
    layers: [{ mediaType: '', digest: layer?.digest, size: layer?.size, annotations: {} }],
  });
  expect(classify(manifest)).toBe('image');
});

test('S3: of tens of thousands of annotations the first are kept', () => {
  const annotations = Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`key-${at}`, 'value']));
  const manifest = parse(OCI_MANIFEST, { ...image, annotations });
  expect(manifest.kind === 'image' && Object.keys(manifest.annotations).length).toBe(2_000);
});

test('junk in annotations and platforms is left out', () => {
  const entry = {
    ...descriptor(OCI_MANIFEST),
    platform: { os: 7, architecture: 'unknown' },
    annotations: { a: 1, b: 'x' },
  };
  const index = parse(OCI_INDEX, { manifests: [entry], annotations: 'none' });
  expect(index).toMatchObject({ annotations: {}, manifests: [{ annotations: { b: 'x' } }] });
  expect(index.kind === 'index' && index.manifests[0]).not.toHaveProperty('platform');
});

test('schema 1 lists its layers from the base', () => {
  const [base, top] = [descriptor('base').digest, descriptor('top').digest];
  const v1 = (command: string): { v1Compatibility: string } => ({
    v1Compatibility: JSON.stringify({ container_config: { Cmd: ['/bin/sh', '-c', command] } }),
  });
  const read = parse(DOCKER_SCHEMA1_SIGNED, {
    name: 'a/b',
    tag: '1',
    architecture: 'amd64',
    fsLayers: [{ blobSum: top }, { blobSum: base }],
    history: [v1('top'), { v1Compatibility: 'junk' }],
  });
  expect(read).toMatchObject({
    kind: 'schema1',
    layers: [{ digest: base }, { digest: top, createdBy: '/bin/sh -c top' }],
  });
});

test('a media type that the registry does not report is read from the document', () => {
  const bytes = (document: unknown): Buffer => Buffer.from(JSON.stringify(document));
  expect(sniffMediaType('application/vnd.oci.image.index.v1+json; charset=utf-8', bytes({}))).toBe(OCI_INDEX);
  expect(sniffMediaType('application/json', bytes({ mediaType: OCI_MANIFEST }))).toBe(OCI_MANIFEST);
  expect(sniffMediaType(undefined, bytes({ manifests: [] }))).toBe(OCI_INDEX);
  expect(sniffMediaType('text/plain', bytes(image))).toBe(OCI_MANIFEST);
  expect(sniffMediaType('', bytes({ fsLayers: [], signatures: [] }))).toBe(DOCKER_SCHEMA1_SIGNED);
  expect(sniffMediaType('application/json', Buffer.from('<html>'))).toBe('application/json');
});
