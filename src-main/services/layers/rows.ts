import type { FileEntry } from '../../common/files.ts';
import { type MergedNode, RegistryError, type Sum } from '../../engine/index.ts';
import type { FileChange, FileType } from '../../engine/vocabulary/layers.ts';

/** Milliseconds from 1970 that a date can have. */
const TIME_MAX = 8.64e15;

/** @throws {RegistryError} `cancelled` */
export function checkOf(signal: AbortSignal | undefined): () => void {
  return () => {
    if (signal?.aborted) throw new RegistryError('cancelled', '', { cause: signal.reason });
  };
}

export function fileEntry(
  shown: MergedNode,
  change?: FileChange | undefined,
  below?: Sum | undefined,
): FileEntry {
  const { name, path, layer, tree, node } = shown;
  const { columns } = tree;
  const type = typeOf(shown);
  const described = tree.type(node) !== 'implied';
  return {
    name,
    path,
    type,
    size: columns.size[node] ?? 0,
    mode: columns.mode[node] ?? 0,
    uid: columns.uid[node] ?? 0,
    gid: columns.gid[node] ?? 0,
    ...(described ? { modified: instantOf(columns.modified[node] ?? 0) } : {}),
    ...(type === 'symlink' || type === 'hardlink' ? { link: shown.link } : {}),
    layer,
    ...(change === undefined ? {} : { change }),
    ...(below === undefined ? {} : { below }),
  };
}

function typeOf({ type }: MergedNode): FileType {
  if (type === 'implied' || type === 'nothing') return 'directory';
  return type;
}

/** An archive may give any number. */
export function instantOf(seconds: number): string {
  const time = Math.max(-TIME_MAX, Math.min(TIME_MAX, Math.floor(seconds * 1000)));
  return new Date(time).toISOString();
}
