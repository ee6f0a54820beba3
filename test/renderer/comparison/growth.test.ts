import { expect, test } from 'vitest';
import type { ComparedLayer, ComparedPlatform } from '../../../src-main/common/comparison.ts';
import { growthOf } from '../../../src-renderer/comparison/growth.ts';
import { bytesToRead, chosenPlatform } from '../../../src-renderer/comparison/platform-pairs.ts';

const layer = (index: number, size: number, digest = `sha256:${index}${size}`) => ({
  index,
  digest,
  size,
  mediaType: 'application/vnd.oci.image.layer.v1.tar',
  createdBy: `RUN ${index}`,
});

const layers: readonly ComparedLayer[] = [
  { state: 'same', left: layer(0, 900), right: layer(0, 900) },
  { state: 'recompressed', left: layer(1, 50), right: layer(1, 40) },
  { state: 'onlyLeft', left: layer(2, 10) },
  { state: 'onlyRight', right: layer(2, 300), secret: true },
  { state: 'onlyRight', right: layer(3, 300, 'sha256:2300') },
];

test('until files were read the layers say where the difference comes from, without an instruction that holds a secret', () => {
  expect(growthOf({ layers })).toEqual({
    by: 'layers',
    parts: [
      { name: 'R3', left: 0, right: 300 },
      { name: 'R4', detail: 'RUN 3', left: 0, right: 300 },
      { name: 'L2 = R2', detail: 'RUN 1', left: 50, right: 40 },
      { name: 'L3', detail: 'RUN 2', left: 10, right: 0 },
    ],
  });
});

test('files say it by folders, those that grew as much as they shrank left out', () => {
  const sizes = [
    { path: 'usr', left: 10, right: 5, files: 1 },
    { path: 'etc', left: 7, right: 7, files: 2 },
    { path: '', left: 0, right: 20, files: 3 },
  ];
  const files = { sizes } as unknown as NonNullable<ComparedPlatform['files']>;
  expect(growthOf({ layers, files })).toEqual({
    by: 'folders',
    parts: [
      { name: '/', left: 0, right: 20 },
      { name: '/usr', left: 10, right: 5 },
    ],
  });
});

test('what has to be read is the layers of one side alone, each once', () => {
  expect(bytesToRead({ layers })).toBe(310);
});

test('of several platforms the first that differs is looked at, unless another was asked for', () => {
  const platform = (architecture: string, state: ComparedPlatform['state'], same: boolean) =>
    ({ platform: { os: 'linux', architecture }, state, same }) as ComparedPlatform;
  const platforms = [
    platform('arm64', 'onlyLeft', false),
    platform('amd64', 'both', true),
    platform('s390x', 'both', false),
  ];
  const chosen = (asked?: string) => chosenPlatform({ platforms }, asked)?.platform?.architecture;
  expect(chosen()).toBe('s390x');
  expect(chosen('linux/arm64')).toBe('arm64');
  expect(chosen('linux/mips')).toBe('s390x');
  expect(chosenPlatform({ platforms: [] }, undefined)).toBeUndefined();
});
