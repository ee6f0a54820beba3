import {
  type DirectorySums,
  LayerChanges,
  type LayerTree,
  type MergedNode,
  MergedTree,
  type Sum,
} from '../../engine/index.ts';
import type { FileChange } from '../../engine/vocabulary/layers.ts';
import { ServiceError } from '../errors.ts';

/** What is shown of an image: all files with a layer and those below it, or what the layer did. */
export interface FilesPlace {
  /** The last layer without. */
  readonly at?: number | undefined;
  readonly view: 'merged' | 'layer';
  readonly path: string;
}

export type Listed = readonly [node: MergedNode, change: FileChange | undefined];

/** What lies below a directory; in the view of a layer what the layer has below it, and of one that it removed what went. */
export function belowOf(
  node: MergedNode,
  change: FileChange | undefined,
  view: FilesPlace['view'],
  sums: DirectorySums,
): Sum | undefined {
  const [own] = node.parts;
  if (!node.isDirectory || !own) return undefined;
  return view === 'merged' || change === 'removed' ? sums.below(node) : sums.inLayer(own);
}

export function* listed(
  trees: readonly LayerTree[],
  { view, path }: FilesPlace,
): Generator<Listed, void, void> {
  if (view === 'layer') {
    for (const { node, change } of new LayerChanges(trees).children(path)) yield [node, change];
    return;
  }
  const merged = new MergedTree(trees);
  const folder = merged.follow(path);
  if (!folder) throw new ServiceError('fileUnknown', path);
  for (const node of merged.children(folder)) yield [node, undefined];
}

/** A path, and all below it. @throws ServiceError `fileUnknown` */
export function* all(trees: readonly LayerTree[], { view, path }: FilesPlace): Generator<Listed, void, void> {
  if (view === 'layer') {
    const changes = new LayerChanges(trees);
    const itself = path === '' ? undefined : changes.find(path);
    if (itself) yield [itself.node, itself.change];
    for (const { node, change } of changes.below(path)) yield [node, change];
    return;
  }
  const merged = new MergedTree(trees);
  const found = path === '' ? merged.root : (merged.find(path) ?? merged.follow(path));
  if (!found) throw new ServiceError('fileUnknown', path);
  if (found !== merged.root) yield [found, undefined];
  for (const node of merged.below(found)) yield [node, undefined];
}
