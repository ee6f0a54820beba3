import { type MergedNode, MergedTree } from '../layers/merged.ts';
import { type LayerTree, ROOT } from '../layers/tree.ts';
import type { FileAspect } from '../vocabulary/comparison.ts';
import { differenceOf } from './file-aspects.ts';

/** Trees of the layers of two images, base layer first; empty ones for layers that were not read. */
export interface ComparedTrees {
  readonly left: readonly LayerTree[];
  readonly right: readonly LayerTree[];
  /** Some that both have were not read: what they have at a path that only one of the others names is not known. */
  readonly below: boolean;
  /** One of those lies over others that were read, and may hide what these say. */
  readonly above: boolean;
}

export type FileDifferenceKind = 'added' | 'removed' | 'changed';

/** A path that differs. */
export interface FileRow {
  readonly path: string;
  readonly change: FileDifferenceKind;
  readonly aspects: readonly FileAspect[];
  readonly left?: MergedNode;
  readonly right?: MergedNode;
  readonly uncertain: boolean;
}

/**
 * Paths that differ, each directory's before those of the next; undefined for a step without one, so that it can be done in slices.
 * Directories count where both have them, or where they are empty. What both got from the same layers is not gone through.
 */
export function* differingFiles(trees: ComparedTrees): Generator<FileRow | undefined, void, void> {
  const [left, right] = [new MergedTree(trees.left), new MergedTree(trees.right)];
  const open = [together(left, right, left.root, right.root)];
  for (let level = open.at(-1); level; level = open.at(-1)) {
    const { done, value } = level.next();
    if (done) {
      open.pop();
      continue;
    }
    const [one, other] = value;
    if (one && other && isSameTree(one, other)) yield undefined;
    else {
      yield rowOf(trees, one, other, { left, right });
      const [folder, counterpart] = [
        one?.isDirectory ? one : undefined,
        other?.isDirectory ? other : undefined,
      ];
      if (folder || counterpart) open.push(together(left, right, folder, counterpart));
    }
  }
  if (trees.below) yield* hiddenBelow(trees, { left, right });
}

type Merged = { left: MergedTree; right: MergedTree };
type Pair = readonly [one: MergedNode | undefined, other: MergedNode | undefined];

function rowOf(
  trees: ComparedTrees,
  one: MergedNode | undefined,
  other: MergedNode | undefined,
  merged: Merged,
): FileRow | undefined {
  if (one && other) {
    const { aspects, uncertain = false } = differenceOf(one, other, trees);
    if (aspects.length === 0 && !uncertain) return undefined;
    return {
      path: one.path,
      change: 'changed',
      aspects,
      left: one,
      right: other,
      uncertain: uncertain || trees.above,
    };
  }
  if (one && isRow(merged.left, one)) {
    const uncertain = trees.above || (trees.below && !hides(trees.right, one.path));
    return { path: one.path, change: 'removed', aspects: [], left: one, uncertain };
  }
  if (other && isRow(merged.right, other)) {
    const uncertain = trees.above || (trees.below && !hides(trees.left, other.path));
    return { path: other.path, change: 'added', aspects: [], right: other, uncertain };
  }
  return undefined;
}

/** What is in a directory speaks for it. */
function isRow(merged: MergedTree, node: MergedNode): boolean {
  return !node.isDirectory || merged.children(node).next().done === true;
}

/** The same layers say the same of it and of all that is in it. */
function isSameTree(one: MergedNode, other: MergedNode): boolean {
  if (one.tree !== other.tree || one.node !== other.node) return false;
  return (
    one.parts.length === other.parts.length &&
    one.parts.every(({ tree, node }, at) => {
      const part = other.parts[at];
      return part?.tree === tree && part.node === node;
    })
  );
}

/** What is in two directories, by the bytes of the names. */
function* together(
  left: MergedTree,
  right: MergedTree,
  folder: MergedNode | undefined,
  counterpart: MergedNode | undefined,
): Generator<Pair, void, void> {
  const none: Iterator<MergedNode, void, void> = [].values();
  const ones = folder ? left.children(folder) : none;
  const others = counterpart ? right.children(counterpart) : none;
  let [one, other] = [ones.next(), others.next()];
  while (!one.done || !other.done) {
    const order = one.done ? 1 : other.done ? -1 : compareNames(one.value, other.value);
    yield [
      order <= 0 && !one.done ? one.value : undefined,
      order >= 0 && !other.done ? other.value : undefined,
    ];
    if (order <= 0) one = ones.next();
    if (order >= 0) other = others.next();
  }
}

function compareNames(one: MergedNode, other: MergedNode): number {
  return one.tree.nameBytes(one.node).compare(other.tree.nameBytes(other.node));
}

/** Paths that layers of one side take away from a shared one that was not read: what was there is not known. */
function* hiddenBelow(trees: ComparedTrees, merged: Merged): Generator<FileRow | undefined, void, void> {
  for (const [own, counter, change] of [
    ['left', 'right', 'added'],
    ['right', 'left', 'removed'],
  ] as const) {
    const seen = new Set<string>();
    for (const tree of trees[own])
      for (let node = ROOT + 1; node < tree.nodes; node++) {
        yield undefined;
        if (!tree.hidesChildren(node)) continue;
        const path = tree.path(node);
        if (seen.has(path) || hides(trees[counter], path)) continue;
        seen.add(path);
        if (tree.isOpaque(node)) yield { path, change: 'changed', aspects: [], uncertain: true };
        else if (!merged[own].find(path) && !merged[counter].find(path))
          yield { path, change, aspects: [], uncertain: true };
      }
  }
}

function hides(trees: readonly LayerTree[], path: string): boolean {
  return trees.some((tree) => {
    const node = tree.find(path);
    return node !== undefined && tree.hidesChildren(node);
  });
}
