import { type MergedNode, MergedTree } from './merged.ts';
import type { LayerTree } from './tree.ts';

/** Hard links that are followed one after another. */
const LINKS_MAX = 40;

/**
 * The file whose content a hard link shares; anything else is itself. A hard link keeps the content that its layer gave it, whatever
 * later layers put at the other path.
 *
 * @param trees of the image's layers, base layer first
 * @returns undefined where it leads nowhere
 */
export function linkedFile(trees: readonly LayerTree[], node: MergedNode): MergedNode | undefined {
  let found: MergedNode | undefined = node;
  for (let links = 0; found?.type === 'hardlink' && links < LINKS_MAX; links++)
    found = new MergedTree(trees.slice(0, found.layer + 1)).follow(found.link);
  return found?.type === 'hardlink' ? undefined : found;
}
