import { linkedFile } from '../layers/hard-links.ts';
import type { MergedNode } from '../layers/merged.ts';
import type { LayerTree } from '../layers/tree.ts';
import type { FileAspect } from '../vocabulary/comparison.ts';

export interface Difference {
  aspects: FileAspect[];
  /** Whether the content differs is not known. */
  uncertain?: true;
}

/** What differs of a path that both sides have: nothing where they were made from one entry of one layer. */
export function differenceOf(
  left: MergedNode,
  right: MergedNode,
  trees: { left: readonly LayerTree[]; right: readonly LayerTree[] },
): Difference {
  if (left.tree === right.tree && left.node === right.node) return { aspects: [] };
  // A file that has another name as well is a file: which of its names an archive has first does not matter.
  const one = linkedFile(trees.left, left) ?? left;
  const other = linkedFile(trees.right, right) ?? right;
  if (one.type !== other.type) return { aspects: ['type'] };
  if (left.tree.type(left.node) === 'implied' || right.tree.type(right.node) === 'implied')
    return { aspects: [] };
  const [of, and] = [one.tree.columns, other.tree.columns];
  const differs = (column: 'mode' | 'uid' | 'gid' | 'size' | 'attributes'): boolean =>
    of[column][one.node] !== and[column][other.node];
  const aspects: FileAspect[] = [];
  let uncertain = false;
  if (one.type === 'file') {
    const content = contentDiffers(one, other);
    if (differs('size')) aspects.push('size', 'content');
    else if (content) aspects.push('content');
    uncertain = content === undefined && !differs('size');
  }
  if (one.type === 'symlink') {
    if (one.link !== other.link) aspects.push('link');
  } else if (differs('mode')) aspects.push('mode');
  if (differs('uid') || differs('gid')) aspects.push('owner');
  if (differs('attributes')) aspects.push('attributes');
  // Some archives have whole seconds only.
  if (Math.floor(of.modified[one.node] ?? 0) !== Math.floor(and.modified[other.node] ?? 0))
    aspects.push('modified');
  return { aspects, ...(uncertain ? { uncertain } : {}) };
}

/** Undefined where the sum of one of them is not known. */
function contentDiffers(one: MergedNode, other: MergedNode): boolean | undefined {
  if (one.tree === other.tree && one.node === other.node) return false;
  const [left, right] = [one.tree.sum(one.node), other.tree.sum(other.node)];
  return left && right ? !left.equals(right) : undefined;
}
