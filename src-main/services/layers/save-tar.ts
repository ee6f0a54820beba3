import type { SavedFiles } from '../../common/files.ts';
import { BLOCK, type MergedNode, padded, writeEntryHeader } from '../../engine/index.ts';
import type { ImageLayers } from './image-layers.ts';
import type { PartFile } from './part-file.ts';
import type { Selection } from './selection.ts';

/** A directory as a tar archive: directories, files, hard links, and last symbolic links, through which then nothing is written. */
export async function saveTar(
  file: PartFile,
  selection: Selection,
  image: ImageLayers,
  signal: AbortSignal | undefined,
): Promise<SavedFiles> {
  let [files, bytes] = [0, 0];
  for (const { name, node } of selection.directories)
    await file.add(writeEntryHeader({ ...metaOf(node), name: `${name}/`, size: 0, type: '5' }));
  const links: { name: string; link: string }[] = [];
  let size = 0;
  for await (const piece of selection.contents(image, signal)) {
    if (piece.kind === 'begin') {
      const { mode, uid, gid, modified } = piece.entry;
      const [name = '', ...others] = piece.names;
      size = piece.entry.size;
      await file.add(writeEntryHeader({ name, size, mode, uid, gid, modified }));
      links.push(...others.map((other) => ({ name: other, link: name })));
      files += 1;
      bytes += size;
    } else await file.add(piece.kind === 'bytes' ? piece.bytes : Buffer.alloc(padded(size) - size));
  }
  for (const link of links) await file.add(writeEntryHeader({ ...link, size: 0, type: '1' }));
  for (const { name, node } of selection.symlinks)
    await file.add(writeEntryHeader({ ...metaOf(node), name, size: 0, type: '2', link: node.link }));
  await file.add(Buffer.alloc(2 * BLOCK));
  return { files: files + links.length, bytes, leftOut: selection.others };
}

function metaOf({ tree: { columns }, node }: MergedNode) {
  return {
    mode: columns.mode[node] ?? 0,
    uid: columns.uid[node] ?? 0,
    gid: columns.gid[node] ?? 0,
    modified: columns.modified[node] ?? 0,
  };
}
