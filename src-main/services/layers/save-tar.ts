import type { SavedFiles } from '../../common/files.ts';
import { BLOCK, type MergedNode, padded, writeEntryHeader } from '../../engine/index.ts';
import type { ImageLayers } from './image-layers.ts';
import type { Selection } from './selection.ts';

/**
 * A directory as a tar archive: directories, files, hard links, and last symbolic links, through which then nothing is written.
 *
 * @param saved counts what was written
 */
export async function* tarOf(
  selection: Selection,
  image: ImageLayers,
  saved: SavedFiles,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer, void, void> {
  for (const { name, node } of selection.directories)
    yield writeEntryHeader({ ...metaOf(node), name: `${name}/`, size: 0, type: '5' });
  const links: { name: string; link: string }[] = [];
  let size = 0;
  for await (const piece of selection.contents(image, signal)) {
    if (piece.kind === 'begin') {
      const { mode, uid, gid, modified } = piece.entry;
      const [name = '', ...others] = piece.names;
      size = piece.entry.size;
      yield writeEntryHeader({ name, size, mode, uid, gid, modified });
      links.push(...others.map((other) => ({ name: other, link: name })));
      saved.files += 1 + others.length;
      saved.bytes += size;
    } else yield piece.kind === 'bytes' ? piece.bytes : Buffer.alloc(padded(size) - size);
  }
  for (const link of links) yield writeEntryHeader({ ...link, size: 0, type: '1' });
  for (const { name, node } of selection.symlinks)
    yield writeEntryHeader({ ...metaOf(node), name, size: 0, type: '2', link: node.link });
  yield Buffer.alloc(2 * BLOCK);
}

function metaOf({ tree: { columns }, node }: MergedNode) {
  return {
    mode: columns.mode[node] ?? 0,
    uid: columns.uid[node] ?? 0,
    gid: columns.gid[node] ?? 0,
    modified: columns.modified[node] ?? 0,
  };
}
