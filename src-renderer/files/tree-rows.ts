import type { Failure } from '../../src-main/common/failure.ts';
import type { FileEntry } from '../../src-main/common/files.ts';
import type { FileChange } from '../../src-main/engine/vocabulary/layers.ts';
import { compareValues, type Sort } from '../ui/sort.ts';
import type { Directory } from './queries.ts';

/** A line of the tree: an entry, or what is said in the place of a directory's entries. */
export interface TreeRow {
  /** Path of the entry; of a note that of its directory and what it is. */
  readonly id: string;
  readonly level: number;
  readonly entry?: FileEntry;
  /** Whether what is in it is shown; undefined for all but directories. */
  readonly expanded?: boolean;
  readonly note?: 'loading' | 'failed';
  readonly failure?: Failure;
}

export interface DirectoryState {
  readonly data: Directory | undefined;
  readonly failure: Failure | undefined;
}

export interface TreeOptions {
  /** Open directories by path; the root's is empty. */
  readonly directories: ReadonlyMap<string, DirectoryState>;
  readonly sort: Sort | undefined;
  /** Changes that are shown; all where undefined. Directories on the way are shown all the same. */
  readonly changes: ReadonlySet<FileChange> | undefined;
}

/** The open directories as rows, each followed by what is in it. */
export function treeRows({ directories, sort, changes }: TreeOptions): readonly TreeRow[] {
  const rows: TreeRow[] = [];
  const add = (path: string, level: number): void => {
    const state = directories.get(path);
    for (const entry of sortedEntries(state?.data, sort)) {
      if (changes && entry.change !== undefined && !changes.has(entry.change)) continue;
      if (entry.type !== 'directory') {
        rows.push({ id: entry.path, level, entry });
        continue;
      }
      const expanded = directories.has(entry.path);
      rows.push({ id: entry.path, level, entry, expanded });
      if (expanded) add(entry.path, level + 1);
    }
    if (state?.failure) rows.push({ id: `${path}/failed`, level, note: 'failed', failure: state.failure });
    else if (!state?.data?.complete) rows.push({ id: `${path}/loading`, level, note: 'loading' });
  };
  add('', 1);
  return rows;
}

/** By directory and order: one of 50,000 entries is not sorted again when another one opens. */
const sortedBefore = new WeakMap<Directory, { key: string; entries: readonly FileEntry[] }>();

/** Directories first, then by the column; without one as they came, which is by name. By size the largest are looked for, whatever they are. */
function sortedEntries(directory: Directory | undefined, sort: Sort | undefined): readonly FileEntry[] {
  if (!directory) return [];
  const key = sort ? `${sort.column} ${sort.descending}` : '';
  const known = sortedBefore.get(directory);
  if (known?.key === key) return known.entries;
  const folders = directory.rows.filter(({ type }) => type === 'directory');
  const others = directory.rows.filter(({ type }) => type !== 'directory');
  const entries =
    sort?.column === 'size'
      ? ordered(directory.rows, sort)
      : [...ordered(folders, sort), ...ordered(others, sort)];
  sortedBefore.set(directory, { key, entries });
  return entries;
}

const VALUES: Readonly<Record<string, (entry: FileEntry) => number | string | undefined>> = {
  size: ({ type, size, below }) => (type === 'file' ? size : below?.bytes),
  modified: ({ modified }) => modified,
  layer: ({ layer }) => layer,
};

function ordered(entries: readonly FileEntry[], sort: Sort | undefined): readonly FileEntry[] {
  if (!sort) return entries;
  const shown = VALUES[sort.column];
  if (!shown) return sort.descending ? entries.toReversed() : entries;
  return entries.toSorted((one, other) => compareValues(shown(one), shown(other), sort.descending));
}

/** The directories above a path, from the top: of `usr/lib/os-release` `usr` and `usr/lib`. */
export function parentsOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
