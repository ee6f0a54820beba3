import { expect, test } from 'vitest';
import { LayerChanges } from '../../../src-main/engine/layers/changes.ts';
import { type MergedNode, MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { DirectorySums } from '../../../src-main/engine/layers/sums.ts';
import type { LayerTree } from '../../../src-main/engine/layers/tree.ts';
import { type RawEntry, treeOf } from '../../support/layers.ts';

const file = (name: string, size: number): RawEntry => ({ name, content: 'x'.repeat(size) });

const LAYERS: readonly (readonly RawEntry[])[] = [
  [
    file('etc/a', 10),
    file('etc/ssl/certs/b', 200),
    file('opt/one/c', 3000),
    file('opt/two/d', 40_000),
    { name: 'opt/two/same', type: '1', link: 'opt/two/d' },
    { name: 'opt/two/link', type: '2', link: 'd' },
    { name: 'empty/', type: '5' },
    file('var/deep/er/still/e', 7),
  ],
  [
    file('etc/a', 11),
    { name: 'etc/ssl/.wh.certs' },
    file('opt/one/new', 1),
    { name: 'opt/two/.wh..wh..opq' },
    file('opt/two/only', 5),
  ],
  [file('etc/ssl/certs/again', 2), { name: '.wh.var' }, file('opt/two/more', 6), { name: 'opt/.wh.one' }],
];

const layers = () => Promise.all(LAYERS.map((entries) => treeOf(entries)));
const noCheck = () => {};

/** Gone through, one by one. */
function counted(tree: MergedTree, folder: MergedNode) {
  const files = [...tree.below(folder)].filter(({ isDirectory }) => !isDirectory);
  const bytes = files.reduce((sum, { tree: { columns }, node }) => sum + (columns.size[node] ?? 0), 0);
  return { bytes, files: files.length };
}

test('what lies below each directory is what is found there one by one, at each layer', async () => {
  const all = await layers();
  for (const at of all.keys()) {
    const trees = all.slice(0, at + 1);
    const merged = new MergedTree(trees);
    const sums = await DirectorySums.of(trees, noCheck);
    const folders = [merged.root, ...merged.below(merged.root)].filter(({ isDirectory }) => isDirectory);
    expect(folders.length).toBeGreaterThan(3);
    for (const folder of folders)
      expect([folder.path, sums.below(folder)]).toEqual([folder.path, counted(merged, folder)]);
  }
});

test('worked out by hand: whiteouts and opaque directories take away, a hard link has no bytes of its own', async () => {
  const trees = await layers();
  const at = async (layer: number, path: string) => {
    const first = trees.slice(0, layer + 1);
    const node = new MergedTree(first).find(path);
    return node && (await DirectorySums.of(first, noCheck)).below(node);
  };
  expect(await at(0, '')).toEqual({ bytes: 43_217, files: 7 });
  expect(await at(0, 'opt/two')).toEqual({ bytes: 40_000, files: 3 });
  expect(await at(1, 'opt/two')).toEqual({ bytes: 5, files: 1 });
  expect(await at(1, 'opt')).toEqual({ bytes: 3006, files: 3 });
  expect(await at(2, 'etc')).toEqual({ bytes: 13, files: 2 });
  expect(await at(2, '')).toEqual({ bytes: 24, files: 4 });
  expect(await at(2, 'empty')).toEqual({ bytes: 0, files: 0 });
});

test('of a layer by itself: what it brings, without what it removes', async () => {
  const trees: readonly LayerTree[] = (await layers()).slice(0, 2);
  const sums = await DirectorySums.of(trees.slice(0, 1), noCheck);
  const of = (folder: string) => {
    const [own] = new LayerChanges(trees).find(folder)?.node.parts ?? [];
    return own && sums.inLayer(own);
  };
  expect(of('etc')).toEqual({ bytes: 11, files: 1 });
  expect(of('opt')).toEqual({ bytes: 6, files: 2 });
});
