import { useQueries } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { FileEntry } from '../../src-main/common/files.ts';
import type { FileChange } from '../../src-main/engine/vocabulary/layers.ts';
import { failureOf } from '../ui/failure.ts';
import type { Sort } from '../ui/sort.ts';
import { type DirectoryPlace, fileQueries, type ShownFiles } from './queries.ts';
import { type DirectoryState, parentsOf, type TreeRow, treeRows } from './tree-rows.ts';

export interface TreeQuery extends Omit<DirectoryPlace, 'path'> {
  image: ShownFiles;
  sort: Sort | undefined;
  changes: ReadonlySet<FileChange> | undefined;
}

/** Directories that open by themselves; each is a request. */
const OPENED_MAX = 100;

const isOnTheWay = ({ type, change }: FileEntry) => type === 'directory' && change === undefined;

/** The tree of files as far as its directories were opened, each read when it is; they stay open in other views. */
export function useTree({ image, at, view, sort, changes }: TreeQuery) {
  const [open, setOpen] = useState<readonly string[]>(['']);
  const queries = useQueries({
    queries: open.map((path) => fileQueries.directory(image, { at, view, path })),
    combine: useCallback(
      (results: readonly { data: DirectoryState['data']; error: Error | null; refetch: () => void }[]) =>
        results.map(({ data, error, refetch }) => ({ data, error, refetch })),
      [],
    ),
  });
  // What a layer did lies in directories that it only passes through: they open by themselves, once.
  const passed = useRef(new Set<string>());
  useEffect(() => {
    if (view === 'merged') return;
    const found = queries.flatMap(({ data }) => data?.rows ?? []).filter(isOnTheWay);
    const next = found.map(({ path }) => path).filter((path) => !passed.current.has(path));
    if (next.length === 0 || passed.current.size > OPENED_MAX) return;
    for (const path of next) passed.current.add(path);
    setOpen((before) => [...new Set([...before, ...next])]);
  }, [view, queries]);
  const rows = useMemo(() => {
    const directories = new Map<string, DirectoryState>(
      open.map((path, index) => {
        const { data, error } = queries[index] ?? {};
        return [path, { data, failure: error ? failureOf(error) : undefined }];
      }),
    );
    return treeRows({ directories, sort, changes });
  }, [open, queries, sort, changes]);
  const toggle = useCallback(
    ({ id }: Pick<TreeRow, 'id'>) =>
      setOpen((before) => (before.includes(id) ? before.filter((path) => path !== id) : [...before, id])),
    [],
  );
  /** Opens what a path lies in. */
  const openTo = useCallback(
    (path: string) => setOpen((before) => [...new Set([...before, ...parentsOf(path)])]),
    [],
  );
  const retry = useCallback(() => {
    for (const { error, refetch } of queries) if (error) refetch();
  }, [queries]);
  const busy = useMemo(() => rows.some(({ note }) => note === 'loading'), [rows]);
  return { rows, busy, toggle, openTo, retry };
}
