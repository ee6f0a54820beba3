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

test('an image, an index and an artifact are read and told apart', () => {
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

test('an attestation is told by its entry in the index', () => {
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
  ['an index served as an image', OCI_MANIFEST, { manifests: [] }],
  ['both at once, as an image', OCI_MANIFEST, { ...image, manifests: [] }],
  ['both at once, as an index', OCI_INDEX, { ...image, manifests: [] }],
  ['another media type inside than outside', OCI_MANIFEST, { ...image, mediaType: OCI_INDEX }],
  ['a media type that is no text', OCI_MANIFEST, { ...image, mediaType: 7 }],
])('CVE-2021-41190: %s is refused', (_, mediaType, document) => {
  expect(() => parse(mediaType, document)).toThrow(expect.objectContaining({ code: 'invalidResponse' }));
});

test.each([
  ['no JSON', 'not json'],
  ['no object', '[]'],
  ['null', 'null'],
  ['a malformed digest', { ...image, config: { ...image.config, digest: 'sha256:../x' } }],
  ['a negative size', { ...image, layers: [{ ...image.config, size: -1 }] }],
  ['a fractional size', { ...image, layers: [{ ...image.config, size: 1.5 }] }],
  ['a size beyond exact numbers', { ...image, layers: [{ ...image.config, size: 1e300 }] }],
  ['no config', { schemaVersion: 2, layers: [] }],
])('%s is refused', (_, document) => {
  expect(() => parse(OCI_MANIFEST, document)).toThrow(expect.objectContaining({ code: 'invalidResponse' }));
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

test('a media type that the registry does not tell is read from the document', () => {
  const bytes = (document: unknown): Buffer => Buffer.from(JSON.stringify(document));
  expect(sniffMediaType('application/vnd.oci.image.index.v1+json; charset=utf-8', bytes({}))).toBe(OCI_INDEX);
  expect(sniffMediaType('application/json', bytes({ mediaType: OCI_MANIFEST }))).toBe(OCI_MANIFEST);
  expect(sniffMediaType(undefined, bytes({ manifests: [] }))).toBe(OCI_INDEX);
  expect(sniffMediaType('text/plain', bytes(image))).toBe(OCI_MANIFEST);
  expect(sniffMediaType('', bytes({ fsLayers: [], signatures: [] }))).toBe(DOCKER_SCHEMA1_SIGNED);
  expect(sniffMediaType('application/json', Buffer.from('<html>'))).toBe('application/json');
});
