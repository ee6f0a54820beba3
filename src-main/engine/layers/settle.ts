import { Turns } from '../turns.ts';
import { type MergedNode, MergedTree } from './merged.ts';
import { sortInSlices } from './slices.ts';
import { type LayerTree, ROOT } from './tree.ts';
import { TreeBuilder } from './tree-builder.ts';

/** Trees that were made, by the layer's own, for as long as this is there. */
const made = new WeakMap<LayerTree, { below: readonly LayerTree[]; tree: LayerTree }>();

/**
 * Layers as they lie one over another: what a layer names through a symbolic link of a lower one (`bin/x` where `bin` leads to `usr/bin`)
 * is where the link leads, as where it is unpacked. Most trees stay as they are.
 *
 * @param trees base layer first
 */
export async function settledTrees(trees: readonly LayerTree[]): Promise<LayerTree[]> {
  const settled: LayerTree[] = [];
  for (const tree of trees) settled.push(await settle(settled, tree));
  return settled;
}

/** One tree over others, which are settled. */
export async function settle(below: readonly LayerTree[], tree: LayerTree): Promise<LayerTree> {
  if (below.length === 0) return tree;
  const known = made.get(tree);
  if (known?.below.length === below.length && known.below.every((each, at) => each === below[at]))
    return known.tree;
  const turns = new Turns();
  const moves = await movesOf(new MergedTree(below), tree, turns);
  if (moves.size === 0) return tree;
  const moved = await moveAll(tree, moves, turns);
  made.set(tree, { below: [...below], tree: moved });
  return moved;
}

/** The path in the image of each file that the layer names by another. */
export function movedFiles(tree: LayerTree): Map<string, string> {
  const moved = new Map<string, string>();
  for (let node = 0; node < tree.nodes; node++)
    if (tree.type(node) === 'file' && tree.link(node) !== '') moved.set(tree.link(node), tree.path(node));
  return moved;
}

/** Directories that only paths show, where lower layers have a link, and where these lead. */
async function movesOf(lower: MergedTree, tree: LayerTree, turns: Turns): Promise<Map<number, string>> {
  const moves = new Map<number, string>();
  const open: { node: number; over: MergedNode }[] = [{ node: ROOT, over: lower.root }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { node, over } = next;
    if (tree.hidesChildren(node)) continue;
    for (let child = tree.firstChild(node); child < tree.childrenEnd(node); child++) {
      if (turns.due) await turns.pass();
      if (!tree.isDirectory(child) || tree.hidesPath(child)) continue;
      const found = lower.child(over, tree.name(child));
      if (found?.isDirectory) open.push({ node: child, over: found });
      if (found?.type !== 'symlink' || tree.type(child) !== 'implied') continue;
      const led = lower.lead(found.path);
      if (!led) continue;
      moves.set(child, led.path);
      if (led.node) open.push({ node: child, over: led.node });
    }
  }
  return moves;
}

async function moveAll(
  tree: LayerTree,
  moves: ReadonlyMap<number, string>,
  turns: Turns,
): Promise<LayerTree> {
  const builder = new TreeBuilder('');
  const { columns } = tree;
  /** Of directories, the path where what is in them comes to lie. */
  const paths = new Map<number, string>([[ROOT, '']]);
  const pathOf = (node: number): string | undefined => {
    const folder = paths.get(columns.parent[node] ?? ROOT);
    // In the same layer something else came in the place of the directory.
    if (folder === undefined) return undefined;
    const name = tree.name(node);
    return moves.get(node) ?? (folder === '' ? name : `${folder}/${name}`);
  };
  const entries = new Uint32Array(tree.nodes);
  for (let node = 0; node < tree.nodes; node++) {
    if (turns.due) await turns.pass();
    entries[node] = node;
    const path = pathOf(node);
    if (path !== undefined && tree.isDirectory(node)) paths.set(node, path);
  }
  // Of what is named directly and through a link the later counts, as where it is unpacked.
  const later = (one: number, other: number) => (columns.entry[one] ?? 0) - (columns.entry[other] ?? 0);
  for (const node of await sortInSlices(entries, later, turns)) {
    if (turns.due) await turns.pass();
    const path = pathOf(node);
    if (path === undefined) continue;
    const rights = {
      mode: columns.mode[node] ?? 0,
      uid: columns.uid[node] ?? 0,
      gid: columns.gid[node] ?? 0,
      modified: columns.modified[node] ?? 0,
      size: columns.size[node] ?? 0,
      attributes: columns.attributes[node] ?? 0,
    };
    if (tree.hidesPath(node)) builder.add({ path, type: 'whiteout', ...rights });
    if (tree.isOpaque(node)) builder.add({ path, type: 'opaque', ...rights });
    const type = tree.type(node);
    if (type === 'implied' || type === 'nothing') continue;
    const link = tree.link(node);
    const origin = tree.origin(node);
    const elsewhere = type === 'file' && (origin.path !== path || origin.nth > 1);
    const added = elsewhere
      ? builder.add({ path, type, ...rights }, origin)
      : builder.add({ path, type, ...rights, ...(link === '' ? {} : { link }) });
    const sum = tree.sum(node);
    if (added !== undefined && sum) builder.sum(added, sum);
  }
  return await builder.finish();
}
