import { expect, test } from 'vitest';
import type { Layer } from '../../../src-main/common/image.ts';
import { layerRows } from '../../../src-renderer/image/layer-rows.ts';

function layer(name: string, size: number, createdBy?: string): Layer {
  return {
    digest: `sha256:${name}`,
    size,
    mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    foreign: false,
    annotations: {},
    ...(createdBy ? { createdBy } : {}),
  };
}

test('layers and empty entries are in build order, with shares of the whole and where these begin', () => {
  const rows = layerRows({
    layers: [layer('a', 75), layer('b', 25)],
    config: {
      history: [
        { createdBy: 'ADD rootfs /', layer: 0 },
        { createdBy: 'ENV A=1', comment: 'metadata' },
        { createdBy: 'COPY app /', created: '2024-01-02T03:04:05Z', layer: 1 },
      ],
    },
  });
  expect(
    rows.map((row) => [row.number, row.digest, row.before, row.share, row.instruction?.keyword]),
  ).toEqual([
    [1, 'sha256:a', 0, 0.75, 'ADD'],
    [undefined, undefined, 0.75, 0, 'ENV'],
    [2, 'sha256:b', 0.75, 0.25, 'COPY'],
  ]);
  expect(rows[1]).toMatchObject({ comment: 'metadata', size: 0 });
  expect(rows[2]).toMatchObject({ created: '2024-01-02T03:04:05Z' });
});

test('without history every layer is there with what it says of itself', () => {
  const rows = layerRows({ layers: [layer('a', 0, 'RUN make'), layer('b', 0)], config: { history: [] } });
  expect(rows.map(({ number, share, instruction }) => [number, share, instruction?.text])).toEqual([
    [1, 0, 'make'],
    [2, 0, undefined],
  ]);
});

test('a history that lies about layers neither loses nor doubles one', () => {
  const rows = layerRows({
    layers: [layer('a', 1), layer('b', 1), layer('c', 1)],
    config: {
      history: [
        { createdBy: 'COPY second', layer: 1 },
        { createdBy: 'COPY again', layer: 1 },
        { createdBy: 'COPY nowhere', layer: 9 },
      ],
    },
  });
  expect(rows.map(({ digest, instruction }) => [digest, instruction?.text])).toEqual([
    ['sha256:a', undefined],
    ['sha256:b', 'second'],
    [undefined, 'again'],
    [undefined, 'nowhere'],
    ['sha256:c', undefined],
  ]);
});
