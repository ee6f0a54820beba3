import type { LayerEntryType } from './entry.ts';

/** What a node is, by number; an entry of none is a directory that only the paths below it show, or a mark alone. */
export const NODE_TYPES = [
  'implied',
  'file',
  'directory',
  'symlink',
  'hardlink',
  'character',
  'block',
  'fifo',
  'nothing',
] as const;
export type NodeType = (typeof NODE_TYPES)[number];

/** What of the layers below goes: what lay at the path, or what lay in the directory. */
export const WHITEOUT = 0x40;
export const OPAQUE = 0x80;
export const TYPE_BITS = 0x0f;

export const typeNumber = (type: Exclude<LayerEntryType, 'whiteout' | 'opaque'>): number =>
  NODE_TYPES.indexOf(type);

/** Columns of a tree, a number for each node; `names` and `links` hold text as UTF-8, which ends where the next begins. */
export interface TreeColumns {
  readonly parent: Uint32Array;
  /** One more than there are nodes, like each that says where something begins. */
  readonly firstChild: Uint32Array;
  readonly nameStart: Uint32Array;
  readonly linkStart: Uint32Array;
  readonly kind: Uint8Array;
  readonly mode: Uint16Array;
  readonly uid: Uint32Array;
  readonly gid: Uint32Array;
  readonly size: Float64Array;
  readonly modified: Float64Array;
  /** How many files the layer has of the name of a file: the last of them counts. */
  readonly files: Uint32Array;
  /** Of extended attributes and numbers of devices; 0 is none. */
  readonly attributes: Uint32Array;
  /** Which entry of the archive it is, from 1; 0 where none is. */
  readonly entry: Uint32Array;
  /** SHA-256 of the content of each file, 32 bytes a node; zeros where it is not known. */
  readonly sums: Uint8Array;
  readonly names: Uint8Array;
  readonly links: Uint8Array;
}

export const ROOT = 0;
/** Bytes of the sum of a file's content. */
export const SUM = 32;

/** Columns with room for so many nodes, and bytes of names and links. */
export function emptyColumns(nodes: number, names: number, links: number): TreeColumns {
  return {
    parent: new Uint32Array(nodes),
    firstChild: new Uint32Array(nodes + 1),
    nameStart: new Uint32Array(nodes + 1),
    linkStart: new Uint32Array(nodes + 1),
    kind: new Uint8Array(nodes),
    mode: new Uint16Array(nodes),
    uid: new Uint32Array(nodes),
    gid: new Uint32Array(nodes),
    size: new Float64Array(nodes),
    modified: new Float64Array(nodes),
    files: new Uint32Array(nodes),
    attributes: new Uint32Array(nodes),
    entry: new Uint32Array(nodes),
    sums: new Uint8Array(SUM * nodes),
    names: new Uint8Array(names),
    links: new Uint8Array(links),
  };
}

/** Which file of an archive one is. */
export interface FileOrigin {
  /** As the archive names it, normalised. */
  readonly path: string;
  /** Of the files of that name, from 1. */
  readonly nth: number;
}

/**
 * What one layer says of paths, as columns of numbers: some 100 bytes a node. The children of a node follow each other, by the bytes of
 * their names; the root is node 0.
 */
export class LayerTree {
  readonly columns: TreeColumns;
  readonly #names: Buffer;

  constructor(columns: TreeColumns) {
    this.columns = columns;
    const { buffer, byteOffset, byteLength } = columns.names;
    this.#names = Buffer.from(buffer, byteOffset, byteLength);
  }

  /** Of a layer that says nothing. */
  static empty(): LayerTree {
    const columns = emptyColumns(1, 0, 0);
    columns.firstChild.fill(1);
    columns.mode[ROOT] = 0o755;
    return new LayerTree(columns);
  }

  get nodes(): number {
    return this.columns.kind.length;
  }

  /** Bytes of memory that it takes. */
  get bytes(): number {
    return Object.values(this.columns).reduce((sum, column) => sum + column.byteLength, 0);
  }

  type(node: number): NodeType {
    return NODE_TYPES[(this.columns.kind[node] ?? 0) & TYPE_BITS] ?? 'nothing';
  }

  isDirectory(node: number): boolean {
    const type = (this.columns.kind[node] ?? 0) & TYPE_BITS;
    return type === 0 || type === 2;
  }

  /** The layers below are hidden at this path. */
  hidesPath(node: number): boolean {
    return ((this.columns.kind[node] ?? 0) & WHITEOUT) !== 0;
  }

  /** What lay in the directory is gone, and the directory stays. */
  isOpaque(node: number): boolean {
    return ((this.columns.kind[node] ?? 0) & OPAQUE) !== 0;
  }

  /** The layers below are hidden in this directory. */
  hidesChildren(node: number): boolean {
    return ((this.columns.kind[node] ?? 0) & (WHITEOUT | OPAQUE)) !== 0;
  }

  name(node: number): string {
    return this.#names.toString('utf8', this.columns.nameStart[node], this.columns.nameStart[node + 1]);
  }

  /** Of a link its target; of a file its path in the layer where that is another one, over links. */
  link(node: number): string {
    const { links, linkStart } = this.columns;
    return Buffer.from(links.buffer, links.byteOffset, links.byteLength).toString(
      'utf8',
      linkStart[node],
      linkStart[node + 1],
    );
  }

  /** SHA-256 of a file's content, not copied; undefined where it is not known, or it is no file. */
  sum(node: number): Buffer | undefined {
    const { buffer, byteOffset } = this.columns.sums;
    const sum = Buffer.from(buffer, byteOffset + SUM * node, SUM);
    return sum.every((byte) => byte === 0) ? undefined : sum;
  }

  /** Where the content of a file is in its layer. */
  origin(node: number): FileOrigin {
    return { path: this.link(node) || this.path(node), nth: this.columns.files[node] ?? 0 };
  }

  path(node: number): string {
    const parts: string[] = [];
    for (let at = node; at !== ROOT; at = this.columns.parent[at] ?? ROOT) parts.push(this.name(at));
    return parts.reverse().join('/');
  }

  firstChild(node: number): number {
    return this.columns.firstChild[node] ?? 0;
  }

  childrenEnd(node: number): number {
    return this.columns.firstChild[node + 1] ?? 0;
  }

  /** The node at a path; links are not followed. */
  find(path: string): number | undefined {
    let node: number | undefined = ROOT;
    if (path === '') return node;
    for (const name of path.split('/')) {
      node = this.child(node, Buffer.from(name));
      if (node === undefined) return undefined;
    }
    return node;
  }

  child(node: number, name: Buffer): number | undefined {
    let low = this.firstChild(node);
    let high = this.childrenEnd(node);
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.compareName(middle, name);
      if (order === 0) return middle;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  /** Less than 0 where the node's name comes before the other one. */
  compareName(node: number, name: Uint8Array): number {
    const { nameStart } = this.columns;
    return this.#names.compare(name, 0, name.byteLength, nameStart[node], nameStart[node + 1]);
  }

  /** Bytes of a name, not copied. */
  nameBytes(node: number): Buffer {
    return this.#names.subarray(this.columns.nameStart[node], this.columns.nameStart[node + 1]);
  }
}
