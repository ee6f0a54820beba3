import type {
  ComparedFile,
  ComparedLayer,
  FileDifference,
  FileDifferenceList,
  FileDifferences,
} from '../../common/comparison.ts';
import { type EntryAt, FileComparison, type KeptRow } from '../../engine/index.ts';
import type { FileType } from '../../engine/vocabulary/layers.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { checkOf, instantOf } from '../layers/rows.ts';
import { ChosenRows, type RowsChoice } from './chosen-rows.ts';
import { readTrees, type SideTrees, type TreesOptions } from './layer-trees.ts';

/** How the files of two images differ, with what was read for it. */
export interface ComparedFiles {
  readonly comparison: FileComparison;
  readonly rows: ChosenRows;
  readonly summary: FileDifferences;
}

/**
 * Reads the layers that differ, and compares. Where a path that only one side names may be a change of what a shared layer has, those are
 * read as well, if they are few bytes or it is asked for.
 *
 * @param sharedMax bytes of them
 */
export async function compareFiles(
  known: KnownLayers,
  sharedMax: number,
  options: TreesOptions,
): Promise<ComparedFiles> {
  const first = await compared(await readTrees(known, options), options);
  const { uncertain, unread } = first;
  const bytes = unread.reduce((sum, { left, right }) => sum + Math.min(left?.size ?? 0, right?.size ?? 0), 0);
  if (uncertain === 0 || unread.length === 0 || bytes > sharedMax) return first;
  return await compared(await readTrees(known, { ...options, shared: true }), options);
}

async function compared(
  { left, right, failed, ...read }: SideTrees,
  { rows, signal }: TreesOptions,
): Promise<ComparedFiles & { uncertain: number; unread: readonly ComparedLayer[] }> {
  const lowest = rows.findIndex((row) => !row.left || !row.right);
  // Where no layer differs nothing of them is needed.
  const unread = lowest < 0 ? [] : read.unread;
  const above = unread.some((row) => rows.indexOf(row) > lowest);
  const trees = { left, right, below: unread.length > 0, above };
  const comparison = await FileComparison.of(trees, checkOf(signal));
  const { counts, sizes } = comparison;
  const summary: FileDifferences = {
    ...counts,
    unreadShared: unread.flatMap((row) => row.left?.digest ?? row.right?.digest ?? []),
    failed,
    sizes: sizes.most(),
  };
  return { comparison, rows: new ChosenRows(comparison), summary, uncertain: counts.uncertain, unread };
}

/** Some of them, and how many there are. */
export async function pageOf(
  rows: ChosenRows,
  { offset, limit, tree = false, ...choice }: RowsChoice & { tree?: boolean; offset: number; limit: number },
  signal: AbortSignal | undefined,
): Promise<FileDifferenceList> {
  const chosen = tree ? (await rows.tree(choice, signal)).order : await rows.list(choice, signal);
  const shown = [...chosen.subarray(offset, offset + limit)];
  return { items: shown.map((at) => differenceOf(rows.comparison.row(at))), total: chosen.length };
}

export function differenceOf({ path, change, aspects, left, right, uncertain }: KeptRow): FileDifference {
  return {
    ...{ path, change, aspects },
    ...(left ? { left: fileOf(left) } : {}),
    ...(right ? { right: fileOf(right) } : {}),
    ...(uncertain ? { uncertain } : {}),
  };
}

function fileOf({ layer, tree, node }: EntryAt): ComparedFile {
  const { columns } = tree;
  const type = tree.type(node);
  const sum = tree.sum(node);
  return {
    type: typeOf(type),
    size: columns.size[node] ?? 0,
    mode: columns.mode[node] ?? 0,
    uid: columns.uid[node] ?? 0,
    gid: columns.gid[node] ?? 0,
    ...(type === 'implied' ? {} : { modified: instantOf(columns.modified[node] ?? 0) }),
    ...(type === 'symlink' || type === 'hardlink' ? { link: tree.link(node) } : {}),
    ...(sum ? { sha256: `sha256:${sum.toString('hex')}` } : {}),
    layer,
  };
}

function typeOf(type: ReturnType<EntryAt['tree']['type']>): FileType {
  return type === 'implied' || type === 'nothing' ? 'directory' : type;
}
