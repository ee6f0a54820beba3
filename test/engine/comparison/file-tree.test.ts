import { expect, test } from 'vitest';
import { type ComparedFolder, FileTree } from '../../../src-main/engine/comparison/file-tree.ts';
import { FileComparison } from '../../../src-main/engine/comparison/files.ts';
import { settledTrees } from '../../../src-main/engine/layers/settle.ts';
import { type RawEntry, readTreeOf } from '../../support/layers.ts';

const nothing = (): void => {};

async function compared(left: readonly RawEntry[], right: readonly RawEntry[]): Promise<FileComparison> {
  const treesOf = async (entries: readonly RawEntry[]) => settledTrees([await readTreeOf(entries)]);
  const [one, other] = [await treesOf(left), await treesOf(right)];
  return await FileComparison.of({ left: one, right: other, below: false, above: false }, nothing);
}

const all = ({ length }: FileComparison) => Uint32Array.from({ length }, (_, at) => at);

/** Folders as they are indented, with what they come to. */
const lines = (folders: readonly ComparedFolder[]) =>
  folders.map(({ level, name, own, files, added, removed, changed }) =>
    [
      `${'  '.repeat(level)}${name}/`,
      `+${added} -${removed} ~${changed}`,
      files,
      ...(own ? ['own'] : []),
    ].join(' '),
  );

const file = (name: string, content = name): RawEntry => ({ name, content });

test('folders have what is in them summed up, those of one child are joined, and rows come folders first', async () => {
  const comparison = await compared(
    [
      file('etc/app/a.conf', '12'),
      file('etc/app/b.conf', 'old'),
      file('usr/lib/x/gone', '12345'),
      file('zeta', 'one'),
    ],
    [
      file('etc/app/a.conf', '123'),
      file('etc/app/b.conf', 'old'),
      file('etc/app/sub/new', '1234'),
      file('usr/lib/y/new', '1'),
      file('zeta', 'two'),
    ],
  );
  const { folders, order } = await FileTree.of(comparison, all(comparison), nothing);
  expect(lines(folders)).toEqual([
    '/ +2 -1 ~2 1',
    '  etc/app/ +1 -0 ~1 1',
    '    sub/ +1 -0 ~0 1',
    '  usr/lib/ +1 -1 ~0 0',
    '    x/ +0 -1 ~0 1',
    '    y/ +1 -0 ~0 1',
  ]);
  expect(folders[0]?.bytes).toEqual({ added: 5, removed: 5, changedLeft: 5, changedRight: 6 });
  expect(folders[1]?.bytes).toEqual({ added: 4, removed: 0, changedLeft: 2, changedRight: 3 });
  expect([...order].map((at) => comparison.row(at).path)).toEqual([
    'etc/app/sub/new',
    'etc/app/a.conf',
    'usr/lib/x/gone',
    'usr/lib/y/new',
    'zeta',
  ]);
});

test('a folder that differs itself has a row of its own before what is in it; one that is empty is a row', async () => {
  const directory = (name: string, mode: number): RawEntry => ({ name, type: '5', mode });
  const comparison = await compared(
    [directory('srv', 0o755), directory('srv/data', 0o755), file('srv/data/log')],
    [
      directory('srv', 0o755),
      directory('srv/data', 0o700),
      file('srv/data/log', 'new'),
      directory('srv/empty', 0o755),
    ],
  );
  const { folders, order } = await FileTree.of(comparison, all(comparison), nothing);
  expect(lines(folders)).toEqual(['/ +1 -0 ~2 0', '  srv/ +1 -0 ~2 1', '    data/ +0 -0 ~1 1 own']);
  expect([...order].map((at) => comparison.row(at).path)).toEqual(['srv/data', 'srv/data/log', 'srv/empty']);
});

test('of chosen rows only; where there are too many folders the deepest are listed in those above', async () => {
  const comparison = await compared(
    [],
    Array.from({ length: 30 }, (_, at) => file(`top/of-${at % 3}/deep-${at}/file`)),
  );
  const some = all(comparison).subarray(0, 4);
  expect((await FileTree.of(comparison, some, nothing)).folders[0]).toMatchObject({ added: 4 });
  const { folders, order } = await FileTree.of(comparison, all(comparison), nothing, 10);
  expect(lines(folders)).toEqual([
    '/ +30 -0 ~0 0',
    '  top/ +30 -0 ~0 0',
    '    of-0/ +10 -0 ~0 10',
    '    of-1/ +10 -0 ~0 10',
    '    of-2/ +10 -0 ~0 10',
  ]);
  expect(new Set(order).size).toBe(30);
});
