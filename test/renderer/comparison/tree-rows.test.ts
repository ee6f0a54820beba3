import { expect, test } from 'vitest';
import type { ComparedFolder } from '../../../src-main/common/comparison.ts';
import {
  type DifferenceRow,
  isFolder,
  placeFolders,
  treeRows,
} from '../../../src-renderer/comparison/tree-rows.ts';

const folder = (level: number, name: string, files: number, own = false): ComparedFolder => ({
  ...{ level, name, files, own, added: 0, removed: 0, changed: 0 },
  bytes: { added: 0, removed: 0, changedLeft: 0, changedRight: 0 },
});

/** `/`, with `etc` that differs itself, `etc/app`, `usr/lib`, and rows in each. */
const folders = placeFolders([
  folder(0, '', 1),
  folder(1, 'etc', 2, true),
  folder(2, 'app', 1),
  folder(1, 'usr/lib', 1),
]);

const short = (rows: readonly DifferenceRow[]) =>
  rows.map((row) =>
    isFolder(row)
      ? `${row.level} ${row.path} ${row.position ?? '-'}`
      : `${row.level} ${row.above} #${row.position}`,
  );

test('folders come before the files beside them, and positions are those of the list', () => {
  expect(short(treeRows(folders, () => true))).toEqual([
    '1 etc 0',
    '2 etc/app -',
    '3 etc/app #1',
    '2 etc #2',
    '2 etc #3',
    '1 usr/lib -',
    '2 usr/lib #4',
    '1  #5',
  ]);
});

test('what is in a closed folder is left out, however deep', () => {
  expect(short(treeRows(folders, ({ path }) => path !== 'etc'))).toEqual([
    '1 etc 0',
    '1 usr/lib -',
    '2 usr/lib #4',
    '1  #5',
  ]);
  expect(short(treeRows(folders, () => false))).toEqual(['1 etc 0', '1 usr/lib -', '1  #5']);
});

test('of nothing there are no rows', () => {
  expect(treeRows(placeFolders([]), () => true)).toEqual([]);
  expect(treeRows(placeFolders([folder(0, '', 0)]), () => true)).toEqual([]);
});

test('rows stay the same objects however folders are opened and closed', () => {
  const [before, after] = [treeRows(folders, () => true), treeRows(folders, () => true)];
  expect(before.every((row, at) => row === after[at])).toBe(true);
});

test('a folder that all lies in is told', () => {
  expect(placeFolders([folder(0, '', 0), folder(1, 'usr', 1)]).map(({ alone }) => alone)).toEqual([
    false,
    true,
  ]);
  expect(folders.some(({ alone }) => alone)).toBe(false);
});
