import { expect, test } from 'vitest';
import { isHidden } from '../../../src-main/engine/packages/hidden.ts';
import { type RawEntry, treeOf } from '../../support/layers.ts';

const FILE = 'app/node_modules/a/package.json';

async function hides(...entries: readonly RawEntry[]): Promise<boolean> {
  return isHidden(await treeOf(entries), FILE);
}

test('a layer hides what it removes, empties, or puts another thing in the place of', async () => {
  expect(await hides({ name: 'app/node_modules/a/.wh.package.json' })).toBe(true);
  expect(await hides({ name: 'app/.wh.node_modules' })).toBe(true);
  expect(await hides({ name: 'app/node_modules/.wh..wh..opq' })).toBe(true);
  expect(await hides({ name: '.wh..wh..opq' })).toBe(true);
  expect(await hides({ name: 'app/node_modules', type: '2', link: '/opt/modules' })).toBe(true);
  expect(await hides({ name: 'app/node_modules', content: 'a file' })).toBe(true);
  expect(await hides({ name: `${FILE}/`, type: '5' })).toBe(true);
  expect(await hides({ name: FILE, type: '2', link: 'other' })).toBe(true);
});

test('a layer that only passes by, or has the directories again, hides nothing', async () => {
  expect(await hides()).toBe(false);
  expect(await hides({ name: 'app/node_modules/a/', type: '5' })).toBe(false);
  expect(await hides({ name: 'app/node_modules/a/index.js' })).toBe(false);
  expect(await hides({ name: 'app/node_modules/b/package.json' })).toBe(false);
  expect(await hides({ name: 'app/node_modules/.wh.b' })).toBe(false);
  expect(await hides({ name: 'app/node_modules/b/.wh..wh..opq' })).toBe(false);
  expect(await hides({ name: 'app/node_modules/a/package.json/x' })).toBe(false);
});
