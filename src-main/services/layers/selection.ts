import {
  type FilePiece,
  filesInLayer,
  inSlices,
  type LayerTree,
  type MergedNode,
  MergedTree,
} from '../../engine/index.ts';
import { locate } from './file-at.ts';
import type { ImageLayers } from './image-layers.ts';
import { checkOf } from './rows.ts';

/** A directory that is to be saved, with all below it; names are relative to it. */
export class Selection {
  readonly directories: { name: string; node: MergedNode }[] = [];
  readonly symlinks: { name: string; node: MergedNode }[] = [];
  /** The names of what is one file, by the layer that holds its content and the path there; and which file of that path it is. */
  readonly files = new Map<number, Map<string, { nth: number; names: string[] }>>();
  /** Devices and pipes. */
  others = 0;

  static async of(
    trees: readonly LayerTree[],
    folder: MergedNode,
    signal: AbortSignal | undefined,
  ): Promise<Selection> {
    const selection = new Selection();
    const merged = new MergedTree(trees);
    const from = folder.path === '' ? 0 : folder.path.length + 1;
    for await (const node of inSlices(merged.below(folder), checkOf(signal)))
      selection.#add(trees, node.path.slice(from), node);
    return selection;
  }

  /** The content of all files, layer by layer; each begins with its names. */
  async *contents(
    image: ImageLayers,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<SavedPiece, void, void> {
    for (const [index, wanted] of [...this.files].sort(([one], [other]) => one - other)) {
      const layer = image.layer(index);
      const files = new Map([...wanted].map(([path, { nth }]) => [path, nth]));
      for await (const piece of filesInLayer(image.blob(layer), layer, files, { signal })) {
        if (piece.kind !== 'begin') yield piece;
        else yield { ...piece, names: wanted.get(piece.entry.path)?.names ?? [] };
      }
    }
  }

  #add(trees: readonly LayerTree[], name: string, node: MergedNode): void {
    if (node.isDirectory) this.directories.push({ name, node });
    else if (node.type === 'symlink') this.symlinks.push({ name, node });
    else if (node.type === 'file') this.#addFile(node, name);
    else if (node.type === 'hardlink') this.#addFile(locate(trees, node.path), name);
    else this.others += 1;
  }

  #addFile({ layer, tree, node }: MergedNode, name: string): void {
    const ofLayer = this.files.get(layer) ?? new Map<string, { nth: number; names: string[] }>();
    this.files.set(layer, ofLayer);
    const { path, nth } = tree.origin(node);
    const file = ofLayer.get(path);
    if (file) file.names.push(name);
    else ofLayer.set(path, { nth, names: [name] });
  }
}

export type SavedPiece =
  | (Extract<FilePiece, { kind: 'begin' }> & { readonly names: readonly string[] })
  | Exclude<FilePiece, { kind: 'begin' }>;
