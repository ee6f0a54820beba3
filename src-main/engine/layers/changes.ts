import type { FileChange } from '../vocabulary/layers.ts';
import { depthFirst } from './depth-first.ts';
import { type MergedNode, MergedTree, together } from './merged.ts';
import type { LayerTree } from './tree.ts';

export interface ChangedNode {
  /** Of what was removed, as it was below. */
  readonly node: MergedNode;
  /** Undefined for a directory that the layer only repeats or passes through. */
  readonly change: FileChange | undefined;
}

/** What one layer does to what lies below it. */
export class LayerChanges {
  readonly #after: MergedTree;
  readonly #before: MergedTree | undefined;
  readonly #tree: LayerTree;
  readonly #layer: number;

  /** @param trees base layer first, up to and with the one in question */
  constructor(trees: readonly LayerTree[]) {
    const tree = trees.at(-1);
    if (!tree) throw new Error('Changes need a layer.');
    this.#tree = tree;
    this.#layer = trees.length - 1;
    this.#after = new MergedTree(trees);
    this.#before = trees.length > 1 ? new MergedTree(trees.slice(0, -1)) : undefined;
  }

  /** The path itself, where the layer says something of it. */
  find(path: string): ChangedNode | undefined {
    return this.#changeOf(this.#before?.find(path), this.#after.find(path), this.#tree.find(path));
  }

  /** What the layer says of what is in a directory, by name. */
  *children(path: string): Generator<ChangedNode, void, void> {
    const own = this.#tree.find(path);
    if (own === undefined) return;
    const [before, after] = [this.#before?.find(path), this.#after.find(path)];
    const hidden = before && this.#tree.hidesChildren(own) ? before.parts : [];
    for (const [first] of together([{ layer: this.#layer, tree: this.#tree, node: own }, ...hidden])) {
      if (!first) continue;
      const name = first.tree.name(first.node);
      const child = first.layer === this.#layer ? first.node : undefined;
      const changed = this.#changeOf(
        before && this.#before?.child(before, name),
        after && this.#after.child(after, name),
        child,
      );
      if (changed) yield changed;
    }
  }

  /** All that it says of what is below a directory, each directory before what is in it. */
  below(path: string): Generator<ChangedNode, void, void> {
    return depthFirst(this.children(path), ({ node, change }) => {
      if (!node.isDirectory) return undefined;
      return change === 'removed' ? this.#removedWith(node) : this.children(node.path);
    });
  }

  *#removedWith(folder: MergedNode): Generator<ChangedNode, void, void> {
    if (this.#before) for (const node of this.#before.children(folder)) yield { node, change: 'removed' };
  }

  /** @param own its node in this layer's tree */
  #changeOf(
    before: MergedNode | undefined,
    after: MergedNode | undefined,
    own: number | undefined,
  ): ChangedNode | undefined {
    if (!after) return before && { node: before, change: 'removed' };
    if (own === undefined) return undefined;
    if (!before) return { node: after, change: 'added' };
    const repeated = after.isDirectory && before.isDirectory && hasSameRights(before, after);
    return { node: after, change: repeated ? undefined : 'changed' };
  }
}

/** The time of a directory is another one whenever something in it changed. */
function hasSameRights(one: MergedNode, other: MergedNode): boolean {
  const rights = ({ tree: { columns }, node }: MergedNode) => [
    columns.mode[node],
    columns.uid[node],
    columns.gid[node],
  ];
  return rights(one).join() === rights(other).join();
}
