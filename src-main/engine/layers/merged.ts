import { depthFirst } from './depth-first.ts';
import { Names } from './links.ts';
import { type LayerTree, type NodeType, ROOT } from './tree.ts';

/** Where a layer says something of a path. */
export interface Part {
  readonly layer: number;
  readonly tree: LayerTree;
  readonly node: number;
}

/** A path of the merged tree. */
export class MergedNode {
  readonly name: string;
  readonly path: string;
  /** Which layer's entry it is. */
  readonly layer: number;
  readonly tree: LayerTree;
  readonly node: number;
  /** Of a directory: what the layers say of it, upmost first. */
  readonly parts: readonly Part[];

  constructor(path: string, name: string, shown: Part, parts: readonly Part[]) {
    this.path = path;
    this.name = name;
    this.layer = shown.layer;
    this.tree = shown.tree;
    this.node = shown.node;
    this.parts = parts;
  }

  get type(): NodeType {
    const type = this.tree.type(this.node);
    return type === 'implied' ? 'directory' : type;
  }

  get isDirectory(): boolean {
    return this.tree.isDirectory(this.node);
  }

  get link(): string {
    return this.tree.link(this.node);
  }
}

/**
 * The file tree of an image as its first layers make it, one over another. Nothing is computed before it is asked for, and nothing
 * kept: a path costs a search in each layer.
 *
 * @see OCI image-spec 1.1, "Applying Changesets"
 */
export class MergedTree {
  readonly root: MergedNode;

  /** @param trees base layer first */
  constructor(trees: readonly LayerTree[]) {
    const parts = trees.map((tree, layer) => ({ layer, tree, node: ROOT })).reverse();
    const [above] = parts;
    if (!above) throw new Error('A merged tree needs a layer.');
    const hidden = parts.findIndex(({ tree, node }) => tree.hidesChildren(node));
    const visible = hidden < 0 ? parts : parts.slice(0, hidden + 1);
    const described = visible.find(({ tree, node }) => tree.type(node) !== 'implied');
    this.root = new MergedNode('', '', described ?? above, visible);
  }

  /** What is at a path, a link itself; undefined where nothing is. */
  find(path: string): MergedNode | undefined {
    let at: MergedNode | undefined = this.root;
    if (path !== '') for (const name of path.split('/')) at = at && this.child(at, name);
    return at;
  }

  /** What a path leads to, over links, of which none leads out. Undefined where nothing is, or links lead in a circle. */
  follow(path: string): MergedNode | undefined {
    const trail: MergedNode[] = [this.root];
    const names = new Names(path);
    for (let name = names.take(); name !== undefined; name = names.take()) {
      if (name === '..') {
        if (trail.length > 1) trail.pop();
        continue;
      }
      const found = this.child(trail.at(-1) ?? this.root, name);
      if (!found) return undefined;
      if (found.type !== 'symlink') trail.push(found);
      else if (!names.follow(found.link)) return undefined;
      else if (found.link.startsWith('/')) trail.length = 1;
    }
    return trail.at(-1);
  }

  /**
   * The path without links to which one leads, where a directory is or can be made. Undefined where something else is in the way, or links
   * lead in a circle.
   */
  lead(path: string): { path: string; node?: MergedNode } | undefined {
    const trail: MergedNode[] = [this.root];
    const missing: string[] = [];
    const names = new Names(path);
    for (let name = names.take(); name !== undefined; name = names.take()) {
      const above = trail.at(-1) ?? this.root;
      if (name === '..') {
        if (missing.pop() === undefined && trail.length > 1) trail.pop();
        continue;
      }
      const found = missing.length > 0 ? undefined : this.child(above, name);
      if (!found) missing.push(name);
      else if (found.isDirectory) trail.push(found);
      else if (found.type !== 'symlink' || !names.follow(found.link)) return undefined;
      else if (found.link.startsWith('/')) trail.length = 1;
    }
    const node = trail.at(-1) ?? this.root;
    if (missing.length === 0) return { path: node.path, node };
    return { path: [...(node.path === '' ? [] : [node.path]), ...missing].join('/') };
  }

  child(folder: MergedNode, name: string): MergedNode | undefined {
    if (!folder.isDirectory) return undefined;
    const bytes = Buffer.from(name);
    const found: Part[] = [];
    for (const { layer, tree, node } of folder.parts) {
      const child = tree.child(node, bytes);
      if (child !== undefined) found.push({ layer, tree, node: child });
    }
    return this.#over(folder, found, name);
  }

  /** What is in a directory, by the bytes of the names. */
  *children(folder: MergedNode): Generator<MergedNode, void, void> {
    if (!folder.isDirectory) return;
    for (const found of together(folder.parts)) {
      const [first] = found;
      const child = first && this.#over(folder, found, first.tree.name(first.node));
      if (child) yield child;
    }
  }

  /** All below a directory, and all below that: each directory before what is in it. */
  below(folder: MergedNode): Generator<MergedNode, void, void> {
    return depthFirst(this.children(folder), (node) => (node.isDirectory ? this.children(node) : undefined));
  }

  /** What layers say of one path, upmost first, laid over each other. */
  #over(folder: MergedNode, found: readonly Part[], name: string): MergedNode | undefined {
    const [above] = found;
    if (!above || above.tree.type(above.node) === 'nothing') return undefined;
    const parts: Part[] = [];
    let described: Part | undefined;
    let emptied = false;
    for (const part of found) {
      const { tree, node } = part;
      if (!tree.isDirectory(node)) break;
      if (!emptied) parts.push(part);
      if (tree.type(node) !== 'implied') described ??= part;
      // One that is made empty is still the directory that it was.
      emptied ||= tree.hidesChildren(node);
      if (tree.hidesPath(node) || (emptied && described)) break;
    }
    const path = folder.path === '' ? name : `${folder.path}/${name}`;
    return new MergedNode(path, name, described ?? above, parts);
  }
}

/** Children of the same name of nodes of several trees, in the order of the nodes; by name. */
export function* together(parts: readonly Part[]): Generator<readonly Part[], void, void> {
  const cursors = parts.map(({ layer, tree, node }) => ({
    layer,
    tree,
    at: tree.firstChild(node),
    end: tree.childrenEnd(node),
  }));
  for (;;) {
    let least: Uint8Array | undefined;
    for (const { tree, at, end } of cursors)
      if (at < end && (least === undefined || tree.compareName(at, least) < 0)) least = tree.nameBytes(at);
    if (least === undefined) return;
    const same: Part[] = [];
    for (const cursor of cursors) {
      const { layer, tree, at, end } = cursor;
      if (at >= end || tree.compareName(at, least) !== 0) continue;
      same.push({ layer, tree, node: at });
      cursor.at += 1;
    }
    yield same;
  }
}
