import { expect, test } from 'vitest';
import { MergedTree } from '../../../src-main/engine/layers/merged.ts';
import { TreeBuilder } from '../../../src-main/engine/layers/tree-builder.ts';
import { readTree, writeTree } from '../../../src-main/engine/layers/tree-file.ts';
import { wasteOf } from '../../../src-main/engine/layers/wasted.ts';
import { treeOf } from '../../support/layers.ts';

const entry = { type: 'file', size: 3, mode: 0o644, uid: 1, gid: 2, modified: 1_700_000_000.5 } as const;

test('of two entries of one path the later counts, and names are in the order of their bytes', async () => {
  const tree = await treeOf([
    { name: 'b', content: 'first' },
    { name: 'b', content: 'second one' },
    { name: 'a/z', content: '' },
    { name: 'a.b', content: '' },
    { name: 'ä', content: '' },
    { name: 'Z', type: '2', link: 'b' },
  ]);
  const merged = new MergedTree([tree]);
  expect([...merged.children(merged.root)].map(({ name }) => name)).toEqual(['Z', 'a', 'a.b', 'b', 'ä']);
  expect(tree.columns.size[tree.find('b') ?? 0]).toBe(10);
  expect(tree.link(tree.find('Z') ?? 0)).toBe('b');
  expect(tree.path(tree.find('a/z') ?? 0)).toBe('a/z');
  expect(tree.find('a/y')).toBeUndefined();
});

test('a tree is the same after it was kept, and what is none is not read', async () => {
  const tree = await treeOf([
    { name: 'a/b', content: 'x' },
    { name: 'a/c', type: '2', link: 'b' },
    { name: 'd/.wh.e' },
    { name: 'f/.wh..wh..opq' },
  ]);
  const kept = Buffer.concat(await writeTree(tree));
  expect((await readTree(kept))?.columns).toEqual(tree.columns);
  expect(await readTree(kept.subarray(0, -10))).toBeUndefined();
  expect(await readTree(Buffer.from('something else'))).toBeUndefined();
  expect(await readTree(Buffer.concat([kept.subarray(0, 18), kept.subarray(30)]))).toBeUndefined();
});

test('a million entries are some 100 bytes each in memory, and some 20 where they are kept without sums', async () => {
  const builder = new TreeBuilder('test');
  for (let at = 0; at < 1_000_000; at++) {
    const path = at < 500_000 ? `one/file-${at}` : `many/${at % 1000}/folder/file-${at}`;
    builder.add({ ...entry, path });
  }
  const tree = await builder.finish();
  expect(tree.nodes).toBe(1_000_000 + 1 + 2 + 1000 + 1000);
  expect(tree.bytes).toBeLessThan(100_000_000);
  expect(Buffer.concat(await writeTree(tree)).byteLength).toBeLessThan(20_000_000);
  expect(new MergedTree([tree, tree]).find('one/file-499999')?.layer).toBe(1);
  expect(await wasteOf([tree, tree])).toMatchObject({ wastedBytes: 6_000_000, total: 1_000_000 });
}, 120_000);
