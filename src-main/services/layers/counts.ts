import type { LayerCounts } from '../../common/files.ts';
import { inSlices, LayerChanges, type LayerTree } from '../../engine/index.ts';

/** How many paths each layer adds, changes and removes; directories are not counted. */
export async function countChanges(trees: readonly LayerTree[], check: () => void): Promise<LayerCounts[]> {
  const counts: LayerCounts[] = [];
  for (const layer of trees.keys()) {
    const own = { added: 0, changed: 0, removed: 0 };
    const changes = new LayerChanges(trees.slice(0, layer + 1));
    for await (const { node, change } of inSlices(changes.below(''), check))
      if (change && !node.isDirectory) own[change] += 1;
    counts.push(own);
  }
  return counts;
}
