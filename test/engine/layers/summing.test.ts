import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { readLayer } from '../../../src-main/engine/layers/read-layer.ts';
import { settledTrees } from '../../../src-main/engine/layers/settle.ts';
import type { LayerTree } from '../../../src-main/engine/layers/tree.ts';
import { readTree, writeTree } from '../../../src-main/engine/layers/tree-file.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { opened, rawTar, readTreeOf } from '../../support/layers.ts';

const sumOf = (tree: LayerTree, path: string) => tree.sum(tree.find(path) ?? -1)?.toString('hex');
const attributesAt = (tree: LayerTree, path: string) => tree.columns.attributes[tree.find(path) ?? -1];
const hex = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

test('each file has the sum of its content: of the last of a path, of none where something else came in its place', async () => {
  const big = seededBytes('big', 10_000);
  const tree = await readTreeOf([
    { name: 'a/big', content: big },
    { name: 'a/empty' },
    { name: 'a/twice', content: 'first' },
    { name: 'a/twice', content: 'second' },
    { name: 'a/gone', content: 'first' },
    { name: 'a/gone', type: '2', link: 'big' },
  ]);
  expect(sumOf(tree, 'a/big')).toBe(hex(big));
  expect(sumOf(tree, 'a/empty')).toBe(hex(''));
  expect(sumOf(tree, 'a/twice')).toBe(hex('second'));
  expect(sumOf(tree, 'a/gone')).toBeUndefined();
  expect(sumOf(tree, 'a')).toBeUndefined();
});

test('sums and attributes are kept with the tree, and go where a path through a link leads', async () => {
  const capable = { 'SCHILY.xattr.security.capability': 'net_raw' };
  const lower = await readTreeOf([
    { name: 'usr/bin', type: '5' },
    { name: 'bin', type: '2', link: 'usr/bin' },
  ]);
  const upper = await readTreeOf([{ name: 'bin/ping', content: 'ping', pax: capable }]);
  const kept = await readTree(Buffer.concat(await writeTree(upper)));
  const [, tree] = await settledTrees([lower, kept ?? upper]);
  expect(kept).toBeDefined();
  expect(sumOf(tree ?? upper, 'usr/bin/ping')).toBe(hex('ping'));
  expect(attributesAt(tree ?? upper, 'usr/bin/ping')).toBe(attributesAt(upper, 'bin/ping'));
});

test('attributes are the same for the same, in whatever order, and others for others; a device has its numbers', async () => {
  const [one, other] = [
    { 'SCHILY.xattr.user.a': '1', 'SCHILY.xattr.user.b': '2' },
    { 'SCHILY.xattr.user.b': '2', 'SCHILY.xattr.user.a': '1' },
  ];
  const tree = await readTreeOf([
    { name: 'one', pax: one },
    { name: 'other', pax: other },
    { name: 'more', pax: { ...one, 'SCHILY.xattr.user.c': '3' } },
    { name: 'none', pax: { mtime: '1.5' } },
    { name: 'null', type: '3' },
  ]);
  expect(attributesAt(tree, 'one')).toBe(attributesAt(tree, 'other'));
  expect(attributesAt(tree, 'more')).not.toBe(attributesAt(tree, 'one'));
  expect(attributesAt(tree, 'none')).toBe(0);
  expect(attributesAt(tree, 'null')).toBeGreaterThan(0);
});

test('a layer that is only listed is not summed, which takes nearly as long as the rest', async () => {
  const bytes = rawTar([{ name: 'a', content: 'a' }]);
  const blob = { open: opened(bytes), part: async () => undefined };
  const layer = { mediaType: '', digest: sha256(bytes), size: bytes.byteLength };
  const [listed, whole] = [await readLayer(blob, layer), await readLayer(blob, layer, { whole: true })];
  expect([listed.summed, whole.summed]).toEqual([undefined, true]);
  expect([sumOf(listed.tree, 'a'), sumOf(whole.tree, 'a')]).toEqual([undefined, hex('a')]);
});
