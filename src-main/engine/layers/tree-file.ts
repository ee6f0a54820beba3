import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import { LayerTree, SUM, type TreeColumns } from './tree.ts';

/** Of the form of the file: one of another form is made anew. */
const MAGIC = 'wharfinger-tree-3\n';
/** Bytes of a tree in memory; one of five million paths has some 550 MB. */
const TREE_MAX = 1024 * 2 ** 20;
/** Bytes before the columns: how many nodes, bytes of names, bytes of links. */
const HEAD = 12;

const ORDER = [
  ...(['parent', 'firstChild', 'nameStart', 'linkStart', 'kind', 'mode'] as const),
  ...(['uid', 'gid', 'size', 'modified', 'files', 'attributes', 'sums', 'names', 'links'] as const),
];

const pack = promisify(deflate);
const unpack = promisify(inflate);

/** The tree in bytes, compressed: some 15 for each path, and 32 for each file. */
export async function writeTree({ nodes, columns }: LayerTree): Promise<Buffer> {
  const head = Buffer.alloc(HEAD);
  head.writeUInt32LE(nodes, 0);
  head.writeUInt32LE(columns.names.byteLength, 4);
  head.writeUInt32LE(columns.links.byteLength, 8);
  const parts = ORDER.map((name) => {
    const { buffer, byteOffset, byteLength } = columns[name];
    return Buffer.from(buffer, byteOffset, byteLength);
  });
  return Buffer.concat([Buffer.from(MAGIC), await pack(Buffer.concat([head, ...parts]), { level: 1 })]);
}

/** Undefined for what is no tree, or one of another form. */
export async function readTree(bytes: Uint8Array): Promise<LayerTree | undefined> {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.toString('latin1', 0, MAGIC.length) !== MAGIC) return undefined;
  try {
    return treeIn(await unpack(file.subarray(MAGIC.length), { maxOutputLength: TREE_MAX }));
  } catch {
    return undefined;
  }
}

function treeIn(content: Buffer): LayerTree | undefined {
  const nodes = content.readUInt32LE(0);
  const cut = new Cutter(content);
  // In the order in which they are written.
  const columns: TreeColumns = {
    parent: new Uint32Array(cut.take(4 * nodes)),
    firstChild: new Uint32Array(cut.take(4 * (nodes + 1))),
    nameStart: new Uint32Array(cut.take(4 * (nodes + 1))),
    linkStart: new Uint32Array(cut.take(4 * (nodes + 1))),
    kind: new Uint8Array(cut.take(nodes)),
    mode: new Uint16Array(cut.take(2 * nodes)),
    uid: new Uint32Array(cut.take(4 * nodes)),
    gid: new Uint32Array(cut.take(4 * nodes)),
    size: new Float64Array(cut.take(8 * nodes)),
    modified: new Float64Array(cut.take(8 * nodes)),
    files: new Uint32Array(cut.take(4 * nodes)),
    attributes: new Uint32Array(cut.take(4 * nodes)),
    sums: new Uint8Array(cut.take(SUM * nodes)),
    names: new Uint8Array(cut.take(content.readUInt32LE(4))),
    links: new Uint8Array(cut.take(content.readUInt32LE(8))),
  };
  return nodes > 0 && cut.at === content.byteLength ? new LayerTree(columns) : undefined;
}

/** Copies parts, which columns of numbers want at places that are multiples of their size. */
class Cutter {
  readonly #content: Buffer;
  at = HEAD;

  constructor(content: Buffer) {
    this.#content = content;
  }

  take(length: number): ArrayBuffer {
    const part = new Uint8Array(length);
    part.set(this.#content.subarray(this.at, this.at + length));
    this.at += length;
    return part.buffer;
  }
}
