import { expect, test } from 'vitest';
import type { LayerFiles } from '../../../src-main/common/files.ts';
import type { ImageContent } from '../../../src-main/common/image.ts';
import { layerItems, toRead } from '../../../src-renderer/files/layer-items.ts';

const STARGZ = { 'containerd.io/snapshot/stargz/toc.digest': 'sha256:aa' };

function image(...annotations: readonly Record<string, string>[]): Extract<ImageContent, { kind: 'image' }> {
  return {
    kind: 'image',
    layers: annotations.map((each, index) => ({
      digest: `sha256:${index}`,
      size: 100,
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
      foreign: false,
      annotations: each,
    })),
    config: {
      digest: 'sha256:config',
      size: 2,
      platform: { os: 'linux', architecture: 'amd64' },
      entrypoint: [],
      command: [],
      environment: [],
      exposedPorts: [],
      volumes: [],
      labels: {},
      healthcheck: [],
      history: [
        { createdBy: 'ENV A=1' },
        { createdBy: 'COPY a /', layer: 0 },
        { createdBy: 'COPY b /', layer: 1 },
      ],
    },
  };
}

const files = (state: LayerFiles['state'], size: number): LayerFiles => ({
  digest: 'sha256:0',
  size,
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
  state,
  warnings: [],
});

test('each layer has the instruction that made it, and not those between', () => {
  const items = layerItems(image({}, {}), [files('unread', 10), files('read', 20)]);
  expect(items.map(({ id, instruction }) => [id, instruction?.text])).toEqual([
    ['layer-1', 'a /'],
    ['layer-2', 'b /'],
  ]);
});

test('what has to be read is what is not read up to the layer; a table of contents costs nothing to speak of', () => {
  const items = layerItems(image({}, STARGZ, {}, {}), [
    files('unread', 10),
    files('unread', 5_000_000),
    files('failed', 30),
    files('unread', 40),
  ]);
  expect(toRead(items, 2)).toEqual({ layers: [0, 1], bytes: 10 });
  expect(toRead(items, 3)).toEqual({ layers: [0, 1, 3], bytes: 50 });
});
