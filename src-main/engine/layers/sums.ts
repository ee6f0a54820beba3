import { type MergedNode, MergedTree, type Part } from './merged.ts';
import { inSlices } from './slices.ts';
import type { LayerTree } from './tree.ts';

/** What lies below a directory, however deep. */
export interface Sum {
  /** Of files; a hard link has none of its own, so that no content counts twice. */
  bytes: number;
  /** Paths that are no directories. */
  files: number;
}

/**
 * What lies below the directories of a merged tree. Computed once, in slices: only directories that several layers speak of are gone
 * through; of all others the sums are those of the one layer's own tree, in one pass over its columns.
 */
export class DirectorySums {
  /** By path, of directories that several layers speak of. */
  readonly #merged = new Map<string, Sum>();
  readonly #ofLayers = new Map<LayerTree, LayerSums>();

  /** @param check called between slices; what it throws ends the work */
  static async of(trees: readonly LayerTree[], check: () => void): Promise<DirectorySums> {
    const sums = new DirectorySums();
    for await (const _ of inSlices(sums.#add(new MergedTree(trees)), check));
    return sums;
  }

  /** Of a directory of the merged tree. */
  below({ path, parts }: MergedNode): Sum {
    const [only] = parts;
    if (only && parts.length === 1) return this.inLayer(only);
    return this.#merged.get(path) ?? { bytes: 0, files: 0 };
  }

  /** What one layer itself has below a directory. */
  inLayer({ tree, node }: Part): Sum {
    const sums = this.#ofLayers.get(tree) ?? layerSums(tree);
    this.#ofLayers.set(tree, sums);
    return { bytes: sums.bytes[node] ?? 0, files: sums.files[node] ?? 0 };
  }

  *#add(merged: MergedTree): Generator<undefined, void, void> {
    const enter = (node: MergedNode) => ({
      node,
      children: merged.children(node),
      sum: { bytes: 0, files: 0 },
    });
    const open = [enter(merged.root)];
    for (;;) {
      const folder = open.at(-1);
      if (!folder) return;
      const { done, value: child } = folder.children.next();
      if (done) {
        open.pop();
        this.#merged.set(folder.node.path, folder.sum);
        addTo(open.at(-1)?.sum, folder.sum);
      } else if (!child.isDirectory)
        addTo(folder.sum, { bytes: child.tree.columns.size[child.node] ?? 0, files: 1 });
      else if (child.parts.length === 1) addTo(folder.sum, this.below(child));
      else open.push(enter(child));
      yield;
    }
  }
}

function addTo(sum: Sum | undefined, { bytes, files }: Sum): void {
  if (!sum) return;
  sum.bytes += bytes;
  sum.files += files;
}

/** By node. */
interface LayerSums {
  readonly bytes: Float64Array;
  readonly files: Uint32Array;
}

/** From the end on: each node comes after the directory that it is in. */
function layerSums(tree: LayerTree): LayerSums {
  const { parent, size } = tree.columns;
  const bytes = new Float64Array(tree.nodes);
  const files = new Uint32Array(tree.nodes);
  for (let node = tree.nodes - 1; node > 0; node--) {
    const folder = parent[node] ?? 0;
    const own = tree.isDirectory(node) ? undefined : tree.type(node);
    bytes[folder] = (bytes[folder] ?? 0) + (own === undefined ? (bytes[node] ?? 0) : (size[node] ?? 0));
    files[folder] =
      (files[folder] ?? 0) + (own === undefined ? (files[node] ?? 0) : own === 'nothing' ? 0 : 1);
  }
  return { bytes, files };
}
