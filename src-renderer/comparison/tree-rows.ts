import type { ComparedFolder } from '../../src-main/common/comparison.ts';

/** A folder of the tree, with where its rows are in the list of files. */
export interface PlacedFolder {
  readonly id: string;
  /** From 1 on. */
  readonly level: number;
  /** Without a slash at its ends. */
  readonly path: string;
  readonly folder: ComparedFolder;
  /** Of the row that it has itself. */
  readonly position?: number;
  /** Rows right in it. */
  readonly files: readonly FileRow[];
  /** All of the tree is in it. */
  readonly alone: boolean;
  /** The number of the next folder that does not lie in it. */
  readonly end: number;
}

interface FileRow {
  readonly id: string;
  readonly level: number;
  readonly position: number;
  /** Path of the folder that it is shown in. */
  readonly above: string;
}

/** Folders have the id of their path, files that of their place, which no path can be. */
export type DifferenceRow = PlacedFolder | FileRow;

export const isFolder = (row: DifferenceRow): row is PlacedFolder => 'folder' in row;

/** The folders in their order, the root first, with their paths and where their rows are. */
export function placeFolders(folders: readonly ComparedFolder[]): readonly PlacedFolder[] {
  const placed: PlacedFolder[] = [];
  const open: { at: number; path: string; position: number | undefined }[] = [];
  let position = 0;
  const close = (end: number) => {
    const last = open.pop();
    const folder = last && folders[last.at];
    if (!folder) return;
    const { path: above, at } = last;
    const level = folder.level + 1;
    const files = Array.from({ length: folder.files }, (_, index): FileRow => {
      const place = position + index;
      return { id: `#${place}`, level, position: place, above };
    });
    position += folder.files;
    const own = last.position === undefined ? {} : { position: last.position };
    const alone = at === 1 && end === folders.length && folders[0]?.files === 0;
    placed[at] = { id: `/${above}`, level: folder.level, path: above, folder, files, alone, end, ...own };
  };
  folders.forEach((folder, at) => {
    while (open.length > folder.level) close(at);
    const above = open.at(-1)?.path ?? '';
    const path = above === '' ? folder.name : `${above}/${folder.name}`;
    open.push({ at, path, position: folder.own ? position : undefined });
    if (folder.own) position += 1;
  });
  while (open.length > 0) close(folders.length);
  return placed;
}

/** What is shown of a tree: each folder, and what is in it where it is open, folders first. The root has no row. */
export function treeRows(
  folders: readonly PlacedFolder[],
  isOpen: (folder: PlacedFolder) => boolean,
): readonly DifferenceRow[] {
  const rows: DifferenceRow[] = [];
  const open: PlacedFolder[] = [];
  const leave = (at: number) => {
    for (let last = open.at(-1); last && last.end <= at; last = open.at(-1)) {
      for (const file of last.files) rows.push(file);
      open.pop();
    }
  };
  for (let at = 0; at < folders.length; ) {
    leave(at);
    const folder = folders[at];
    if (!folder) break;
    if (at > 0) rows.push(folder);
    const opens = at === 0 || isOpen(folder);
    if (opens) open.push(folder);
    at = opens ? at + 1 : folder.end;
  }
  leave(folders.length);
  return rows;
}
