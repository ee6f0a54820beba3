import { type LayerTree, ROOT } from '../layers/tree.ts';

/** Whether a layer takes away what lay at a path in the layers below: removed, or another thing in its place. */
export function isHidden(tree: LayerTree, path: string): boolean {
  const names = path.split('/');
  let node = ROOT;
  for (const [at, name] of names.entries()) {
    if (tree.hidesChildren(node)) return true;
    const child = tree.child(node, Buffer.from(name));
    if (child === undefined) return false;
    if (tree.hidesPath(child)) return true;
    // A directory that only leads on, or is there again, hides nothing.
    if (!tree.isDirectory(child)) return true;
    if (at === names.length - 1) return tree.type(child) === 'directory';
    node = child;
  }
  return false;
}
