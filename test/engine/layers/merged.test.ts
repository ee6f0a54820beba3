import { describe, expect, test } from 'vitest';
import { LayerChanges } from '../../../src-main/engine/layers/changes.ts';
import { MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { wasteOf } from '../../../src-main/engine/layers/wasted.ts';
import { type RawEntry, treeOf } from '../../support/layers.ts';

const file = (name: string, size: number): RawEntry => ({ name, content: 'x'.repeat(size) });
const folder = (name: string, mode = 0o755): RawEntry => ({ name, type: '5', mode });
const link = (name: string, to: string): RawEntry => ({ name, type: '2', link: to });

const trees = (...layers: readonly (readonly RawEntry[])[]) =>
  Promise.all(layers.map((layer) => treeOf(layer)));

async function merged(...layers: readonly (readonly RawEntry[])[]): Promise<string[]> {
  const tree = new MergedTree(await trees(...layers));
  return [...tree.below(tree.root)].map(({ path, type, layer }) => `${path} ${type} ${layer}`);
}

const BASE = [
  folder('etc/'),
  file('etc/a', 10),
  file('etc/b', 20),
  folder('var/'),
  file('var/x', 5),
  file('top', 1),
];

describe('layers one over another', () => {
  test('what comes later replaces what was there, and the rest stays', async () => {
    expect(await merged(BASE, [file('etc/b', 30), file('etc/c', 1)])).toEqual([
      'etc directory 0',
      'etc/a file 0',
      'etc/b file 1',
      'etc/c file 1',
      'top file 0',
      'var directory 0',
      'var/x file 0',
    ]);
  });

  test('a whiteout takes a file or a whole directory away, and not what its own layer brings', async () => {
    expect(await merged(BASE, [{ name: 'etc/.wh.a' }, { name: '.wh.var' }])).toEqual([
      'etc directory 0',
      'etc/b file 0',
      'top file 0',
    ]);
    expect(
      await merged(BASE, [{ name: '.wh.etc' }, file('etc/new', 1), { name: '.wh.top' }, file('top', 2)]),
    ).toEqual(['etc directory 1', 'etc/new file 1', 'top file 1', 'var directory 0', 'var/x file 0']);
  });

  test('an opaque directory keeps nothing of the layers below', async () => {
    const opaque = [folder('etc/'), file('etc/new', 1), { name: 'etc/.wh..wh..opq' }];
    expect(await merged(BASE, opaque, [file('etc/later', 1)])).toEqual([
      'etc directory 1',
      'etc/later file 2',
      'etc/new file 1',
      'top file 0',
      'var directory 0',
      'var/x file 0',
    ]);
  });

  test('a file in the place of a directory hides it, and a directory in the place of a file', async () => {
    expect(await merged(BASE, [file('etc', 3), folder('top/'), file('top/in', 1)], [folder('etc/')])).toEqual(
      ['etc directory 2', 'top directory 1', 'top/in file 1', 'var directory 0', 'var/x file 0'],
    );
  });

  test('links are followed within the image, and one in a circle leads nowhere', async () => {
    const tree = new MergedTree(
      await trees([
        folder('usr/bin/'),
        file('usr/bin/sh', 1),
        link('bin', 'usr/bin'),
        link('up', '../../../etc'),
        folder('etc/'),
        file('etc/a', 1),
        link('etc/abs', '/bin/../bin/sh'),
        link('round', 'trip'),
        link('trip', 'round'),
        link('self', 'self/self'),
      ]),
    );
    expect(tree.follow('bin/sh')?.path).toBe('usr/bin/sh');
    expect(tree.follow('up/a')?.path).toBe('etc/a');
    expect(tree.follow('etc/abs')?.path).toBe('usr/bin/sh');
    for (const path of ['round', 'self', 'self/a', 'usr/nowhere/..', 'etc/a/b'])
      expect(tree.follow(path)).toBeUndefined();
    expect(tree.find('bin/sh')).toBeUndefined();
  });
});

test('a layer says what it added, changed and removed', async () => {
  const layers = await trees(BASE, [
    folder('etc/'),
    file('etc/b', 20),
    file('etc/new', 1),
    { name: 'etc/.wh.a' },
    { name: 'etc/.wh.never' },
    folder('var/', 0o700),
    { name: 'var/.wh..wh..opq' },
    file('deep/er/file', 1),
  ]);
  const changes = new LayerChanges(layers);
  expect([...changes.below('')].map(({ node: { path }, change }) => `${path} ${change ?? '-'}`)).toEqual([
    'deep added',
    'deep/er added',
    'deep/er/file added',
    'etc -',
    'etc/a removed',
    'etc/b changed',
    'etc/new added',
    'var changed',
    'var/x removed',
  ]);
  expect([...new LayerChanges(layers.slice(0, 1)).children('etc')].map(({ change }) => change)).toEqual([
    'added',
    'added',
  ]);
});

describe('wasted bytes, by hand', () => {
  test('a path in two layers counts with both, and the score with the smaller', async () => {
    const waste = await wasteOf(await trees(BASE, [file('etc/b', 30)]));
    // 20 + 30 of etc/b; what there is at least: 10 + 20 + 5 + 1 of 10 + 50 + 5 + 1.
    expect(waste).toMatchObject({ wastedBytes: 50, files: [{ path: 'etc/b', layers: [0, 1], bytes: 50 }] });
    expect(waste.efficiency).toBeCloseTo(36 / 66, 12);
  });

  test('what is removed counts as wasted, in a directory as well', async () => {
    const waste = await wasteOf(
      await trees(BASE, [{ name: '.wh.etc' }, { name: 'var/.wh..wh..opq' }], [file('etc/a', 7)]),
    );
    expect(waste.files).toEqual([
      { path: 'etc/b', layers: [0, 1], bytes: 20 },
      { path: 'etc/a', layers: [0, 1, 2], bytes: 17 },
      { path: 'var/x', layers: [0, 1], bytes: 5 },
    ]);
    expect(waste.wastedBytes).toBe(42);
    // Only top is there once: 1 of 20 + 17 + 5 + 1.
    expect(waste.efficiency).toBeCloseTo(1 / 43, 12);
  });

  test('a directory in the place of a file, and a file in the place of a directory, remove it', async () => {
    const waste = await wasteOf(await trees(BASE, [folder('top/'), file('var', 2)], [{ name: '.wh.top' }]));
    expect(waste.files).toEqual([
      { path: 'var/x', layers: [0, 1], bytes: 5 },
      { path: 'top', layers: [0, 1], bytes: 1 },
    ]);
  });

  test('nothing is wasted in one layer, or in layers of different paths', async () => {
    expect(await wasteOf(await trees(BASE))).toEqual({ wastedBytes: 0, efficiency: 1, files: [], total: 0 });
    expect(await wasteOf(await trees([], [file('a', 1)]))).toMatchObject({ wastedBytes: 0, efficiency: 1 });
  });
});
