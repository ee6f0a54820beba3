import { expect, test } from 'vitest';
import { digestOf } from '../../../src-main/engine/index.ts';
import { classify, classifyEntry } from '../../../src-main/engine/model/kind.ts';
import { type Manifest, parseManifest } from '../../../src-main/engine/model/manifest.ts';
import {
  BUILDKIT_CACHE_CONFIG,
  DOCKER_LIST,
  DOCKER_MANIFEST,
  DOCKER_SCHEMA1_SIGNED,
  OCI_ARTIFACT,
  OCI_INDEX,
  OCI_MANIFEST,
} from '../../../src-main/engine/model/media-types.ts';
import { blobsOf, childrenOf } from '../../../src-main/engine/model/parts.ts';

const LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const FOREIGN = 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip';

function descriptor(mediaType: string): { mediaType: string; digest: string; size: number } {
  return { mediaType, digest: digestOf(Buffer.from(mediaType)), size: 10 };
}

function parse(mediaType: string, document: unknown): Manifest {
  const bytes = Buffer.from(JSON.stringify(document));
  return parseManifest({ digest: digestOf(bytes), mediaType, bytes });
}

test("B4: entries of BuildKit's cache index are blobs, and it is a build cache", () => {
  const entries = [descriptor(LAYER), descriptor(BUILDKIT_CACHE_CONFIG)];
  const cache = parse(OCI_INDEX, { schemaVersion: 2, manifests: entries });
  expect(classify(cache)).toBe('buildCache');
  expect(childrenOf(cache)).toEqual([]);
  expect(blobsOf(cache)).toEqual(entries);
  expect(entries.map(classifyEntry)).toEqual(['blob', 'blob']);
  const asManifest = parse(OCI_MANIFEST, {
    config: descriptor(BUILDKIT_CACHE_CONFIG),
    layers: [descriptor(LAYER)],
  });
  expect(classify(asManifest)).toBe('buildCache');
  expect(blobsOf(asManifest)).toHaveLength(2);
});

test('B4: what an index lists is a manifest or a blob by its media type alone', () => {
  const manifests = [
    OCI_MANIFEST,
    OCI_INDEX,
    DOCKER_MANIFEST,
    DOCKER_LIST,
    DOCKER_SCHEMA1_SIGNED,
    OCI_ARTIFACT,
    'application/vnd.oci.image.manifest.v2+json',
  ].map(descriptor);
  const blobs = [LAYER, FOREIGN, 'application/octet-stream', 'text/plain'].map(descriptor);
  const index = parse(OCI_INDEX, { schemaVersion: 2, manifests: [...manifests, ...blobs] });
  expect(childrenOf(index)).toEqual(manifests);
  expect(blobsOf(index)).toEqual(blobs);
});

test('B4: a layer is foreign by its media type, and not because it names urls besides', () => {
  const urls = ['https://example.test/layer'];
  const layers = [
    { ...descriptor(LAYER), urls },
    { ...descriptor(FOREIGN), urls },
  ];
  const image = parse(OCI_MANIFEST, {
    config: descriptor('application/vnd.oci.image.config.v1+json'),
    layers,
  });
  expect(blobsOf(image).map(({ mediaType }) => mediaType)).toEqual([
    'application/vnd.oci.image.config.v1+json',
    LAYER,
  ]);
});
