import { expect, test } from 'vitest';
import type { FileEntry } from '../../../src-main/common/files.ts';
import type { FileChange } from '../../../src-main/engine/vocabulary/layers.ts';
import {
  type DirectoryState,
  parentsOf,
  type TreeOptions,
  treeRows,
} from '../../../src-renderer/files/tree-rows.ts';

function entry(path: string, more: Partial<FileEntry> = {}): FileEntry {
  const name = path.split('/').at(-1) ?? '';
  return { name, path, type: 'file', size: 0, mode: 0o644, uid: 0, gid: 0, layer: 0, ...more };
}

const folder = (path: string, more: Partial<FileEntry> = {}) => entry(path, { type: 'directory', ...more });

function directory(rows: readonly FileEntry[], complete = true): DirectoryState {
  return { data: { rows, complete }, failure: undefined };
}

/** Rows as text: indented names, with `+` and `-` for directories that are closed and open, `…` for what is on its way. */
function shown(
  directories: Readonly<Record<string, DirectoryState>>,
  options: Partial<TreeOptions> = {},
): string[] {
  const rows = treeRows({
    directories: new Map(Object.entries(directories)),
    sort: undefined,
    changes: undefined,
    ...options,
  });
  return rows.map(({ level, entry: one, expanded, note }) => {
    const mark = expanded === undefined ? '' : expanded ? '-' : '+';
    return `${' '.repeat(level - 1)}${mark}${one?.name ?? (note === 'loading' ? '…' : '!')}`;
  });
}

test('directories come first, and what is in an open one follows it', () => {
  const root = directory([entry('a'), folder('bin'), folder('etc'), entry('z')]);
  const etc = directory([entry('etc/passwd'), folder('etc/ssl')]);
  expect(shown({ '': root })).toEqual(['+bin', '+etc', 'a', 'z']);
  expect(shown({ '': root, etc })).toEqual(['+bin', '-etc', ' +ssl', ' passwd', 'a', 'z']);
});

test('a directory that is on its way, or failed, says so in its place', () => {
  const root = directory([folder('etc')]);
  expect(shown({ '': root, etc: { data: undefined, failure: undefined } })).toEqual(['-etc', ' …']);
  const etc = directory([entry('etc/a')], false);
  expect(shown({ '': root, etc })).toEqual(['-etc', ' a', ' …']);
  const failure = { code: 'connectionLost', message: 'It was lost.' } as const;
  expect(shown({ '': root, etc: { data: undefined, failure } })).toEqual(['-etc', ' !']);
});

test('rows are sorted in each directory, and what is missing comes last', () => {
  const root = directory([
    entry('a', { size: 5 }),
    entry('b', { size: 20 }),
    folder('c', { below: { bytes: 7, files: 1 } }),
    folder('d', { below: { bytes: 30, files: 2 } }),
    entry('e', { type: 'symlink' }),
  ]);
  const sorted = (column: string, descending: boolean) =>
    shown({ '': root }, { sort: { column, descending } });
  expect(sorted('size', true)).toEqual(['+d', 'b', '+c', 'a', 'e']);
  expect(sorted('size', false)).toEqual(['a', '+c', 'b', '+d', 'e']);
  expect(sorted('name', true)).toEqual(['+d', '+c', 'e', 'b', 'a']);
});

test('a filter by change keeps the directories on the way', () => {
  const root = directory([
    folder('etc'),
    folder('new', { change: 'added' }),
    entry('gone', { change: 'removed' }),
  ]);
  const changes: ReadonlySet<FileChange> = new Set<FileChange>(['removed']);
  expect(shown({ '': root }, { changes })).toEqual(['+etc', 'gone']);
});

test('50,000 entries are rows within two frames, and again within one', () => {
  const rows = Array.from({ length: 50_000 }, (_, number) => entry(`file-${number}`, { size: number }));
  const root = directory(rows);
  const time = (sort: TreeOptions['sort']) => {
    const begun = performance.now();
    expect(shown({ '': root }, { sort }).length).toBe(50_000);
    return performance.now() - begun;
  };
  time(undefined);
  // A machine that does much else is allowed ten times as long.
  expect(time({ column: 'size', descending: true })).toBeLessThan(330);
});

test('the directories above a path', () => {
  expect(parentsOf('usr/lib/os-release')).toEqual(['usr', 'usr/lib']);
  expect(parentsOf('a')).toEqual([]);
});
