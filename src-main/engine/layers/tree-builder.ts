import { randomBytes } from 'node:crypto';
import { RegistryError } from '../errors.ts';
import { Turns } from '../turns.ts';
import {
  arranged,
  arrangedParents,
  arrangedSums,
  arrangedText,
  countChildren,
  orderOf,
} from './arranging.ts';
import type { LayerEntry } from './entry.ts';
import { Growing } from './growing.ts';
import { Names } from './links.ts';
import { NodeTable } from './node-table.ts';
import {
  type FileOrigin,
  LayerTree,
  NODE_TYPES,
  OPAQUE,
  ROOT,
  SUM,
  type TreeColumns,
  TYPE_BITS,
  typeNumber,
  WHITEOUT,
} from './tree.ts';

/** Nodes of a tree, and bytes of all its names and links: more than any real layer has. */
const LIMITS = { nodes: 5_000_000, text: 512 * 2 ** 20 };
/** A bit of the kind: it has children. */
const PARENT = 0x10;
const NOTHING = NODE_TYPES.indexOf('nothing');
const FILE = NODE_TYPES.indexOf('file');
const SYMLINK = NODE_TYPES.indexOf('symlink');
const NO_SUM = Buffer.alloc(SUM);
/** Entries for which the columns have room to begin with: so many that they grow one after another, never all at one entry. */
const room = (column: number): number => Math.round(1024 * 1.5 ** (column / 15));
/** Of directories that no entry describes. */
const IMPLIED_MODE = 0o755;

/**
 * Makes a tree of the entries of a layer as they come. Of two entries of one path the later counts, and paths go through the symbolic links
 * that came before them, as when they are unpacked.
 */
export class TreeBuilder {
  readonly #where: string;
  readonly #limits: typeof LIMITS;
  readonly #parent = new Growing(Uint32Array, room(0));
  readonly #nameStart = new Growing(Uint32Array, room(1));
  readonly #nameEnd = new Growing(Uint32Array, room(2));
  readonly #linkStart = new Growing(Uint32Array, room(3));
  readonly #linkEnd = new Growing(Uint32Array, room(4));
  readonly #kind = new Growing(Uint8Array, room(5));
  readonly #mode = new Growing(Uint16Array, room(6));
  readonly #uid = new Growing(Uint32Array, room(7));
  readonly #gid = new Growing(Uint32Array, room(8));
  readonly #size = new Growing(Float64Array, room(9));
  readonly #modified = new Growing(Float64Array, room(10));
  readonly #files = new Growing(Uint32Array, room(11));
  readonly #attributes = new Growing(Uint32Array, room(12));
  readonly #entry = new Growing(Uint32Array, room(13));
  readonly #sums = new Growing(Uint8Array, 16 * 1024);
  readonly #names = new Growing(Uint8Array, 16 * 1024);
  readonly #links = new Growing(Uint8Array);
  /** By parent and name. */
  readonly #table = new NodeTable(room(14));
  /** The folder of the entry before, in which the next one mostly lies as well. */
  #folder = { path: '', node: ROOT, linked: false };
  /** How many were added. */
  #entries = 0;
  /** Of files whose path goes through links: how many the layer has of the name. */
  readonly #linked = new Map<string, number>();

  constructor(where: string, limits = LIMITS) {
    this.#where = where;
    this.#limits = limits;
    this.#add(ROOT, Buffer.alloc(0));
  }

  /**
   * @param origin of a file that the layer has under another name, or several times
   * @returns a name for it, for {@link sum}; undefined where links lead its path in a circle: it is left out
   * @throws {RegistryError} `tooLarge` for more than can be kept, with the number
   */
  add(entry: LayerEntry, origin?: FileOrigin): number | undefined {
    const node = entry.type === 'opaque' ? this.#directory(entry.path).node : this.#locate(entry.path);
    if (node === undefined) return undefined;
    const kinds = this.#kind.array;
    const kind = kinds[node] ?? 0;
    if (entry.type === 'whiteout') {
      // What has children is a directory that comes in its place.
      const alone = (kind & (TYPE_BITS | PARENT)) === 0;
      kinds[node] = (alone ? kind | NOTHING : kind) | WHITEOUT;
      return node;
    }
    if (entry.type === 'opaque') {
      kinds[node] = kind | OPAQUE;
      return node;
    }
    kinds[node] = (kind & ~TYPE_BITS) | typeNumber(entry.type);
    this.#mode.array[node] = entry.mode;
    this.#uid.array[node] = entry.uid;
    this.#gid.array[node] = entry.gid;
    this.#size.array[node] = entry.size;
    this.#modified.array[node] = entry.modified;
    const named = entry.type === 'file' ? this.#countFile(node, entry.path, origin) : entry.link;
    const link = Buffer.from(named ?? '');
    this.#limitText(link.byteLength);
    this.#linkStart.array[node] = this.#links.length;
    this.#append(this.#links, link);
    this.#linkEnd.array[node] = this.#links.length;
    this.#attributes.array[node] = entry.attributes ?? 0;
    this.#entries += 1;
    this.#entry.array[node] = this.#entries;
    this.#sums.array.fill(0, SUM * node, SUM * (node + 1));
    return node;
  }

  /** The SHA-256 of the content of a file that was added. */
  sum(node: number, sum: Uint8Array): void {
    this.#sums.array.set(sum, SUM * node);
  }

  /** @returns what the layer calls it, where that is not its path */
  #countFile(node: number, path: string, origin: FileOrigin | undefined): string | undefined {
    if (origin === undefined && !this.#folder.linked) {
      this.#files.array[node] = (this.#files.array[node] ?? 0) + 1;
      return undefined;
    }
    const { path: name, nth } = origin ?? { path, nth: (this.#linked.get(path) ?? 0) + 1 };
    this.#linked.set(name, nth);
    return name;
  }

  /** The tree, in slices. Nothing may be added any more: each column is given back as soon as it is in its order. */
  async finish(): Promise<LayerTree> {
    const turns = new Turns();
    const nodes = this.#kind.length;
    this.#table.drop();
    const named = { start: this.#nameStart, end: this.#nameEnd, text: this.#names };
    const order = await orderOf(this.#parent.array, named, turns);
    const parent = await arrangedParents(this.#parent, order, turns);
    const { start: nameStart, text: names } = await arrangedText(named, order, turns);
    const files = await this.#filesInOrder(order, turns);
    const { start: linkStart, text: links } = await arrangedText(
      { start: this.#linkStart, end: this.#linkEnd, text: this.#links },
      order,
      turns,
    );
    const columns: TreeColumns = {
      ...{ parent, nameStart, names, files, linkStart, links },
      kind: await arranged(this.#kind, Uint8Array, order, turns),
      mode: await arranged(this.#mode, Uint16Array, order, turns),
      uid: await arranged(this.#uid, Uint32Array, order, turns),
      gid: await arranged(this.#gid, Uint32Array, order, turns),
      size: await arranged(this.#size, Float64Array, order, turns),
      modified: await arranged(this.#modified, Float64Array, order, turns),
      attributes: await arranged(this.#attributes, Uint32Array, order, turns),
      entry: await arranged(this.#entry, Uint32Array, order, turns),
      sums: await arrangedSums(this.#sums, order, turns),
      firstChild: new Uint32Array(nodes + 1),
    };
    await countChildren(columns.parent, columns.firstChild, turns);
    return new LayerTree(columns);
  }

  async #filesInOrder(order: Uint32Array, turns: Turns): Promise<Uint32Array> {
    const files = new Uint32Array(order.length);
    const [links, start, end] = [this.#links.array, this.#linkStart.array, this.#linkEnd.array];
    for (let at = 0; at < order.length; at++) {
      const from = order[at] ?? 0;
      files[at] = this.#filesOf(from, links.subarray(start[from], end[from]));
      if (turns.due) await turns.pass();
    }
    this.#files.drop();
    return files;
  }

  /** @param name what the layer calls it, where that is not its path */
  #filesOf(node: number, name: Uint8Array): number {
    const linked = name.byteLength > 0 && ((this.#kind.array[node] ?? 0) & TYPE_BITS) === FILE;
    return (linked ? this.#linked.get(Buffer.from(name).toString()) : this.#files.array[node]) ?? 0;
  }

  #locate(path: string): number | undefined {
    if (path === '') return ROOT;
    const slash = path.lastIndexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    if (folder !== this.#folder.path) {
      const { node, linked } = this.#directory(folder);
      if (node === undefined) return undefined;
      this.#folder = { path: folder, node, linked };
    }
    return this.#child(this.#folder.node, path.slice(slash + 1));
  }

  /** What a path leads to, over links of this layer, of which none leads out; no node where they lead in a circle. */
  #directory(path: string): { node?: number; linked: boolean } {
    let node = ROOT;
    const names = new Names(path);
    for (let name = names.take(); name !== undefined; name = names.take()) {
      if (name === '..') {
        node = this.#parent.array[node] ?? ROOT;
        continue;
      }
      const found = this.#child(node, name);
      if (((this.#kind.array[found] ?? 0) & TYPE_BITS) !== SYMLINK) {
        node = found;
        continue;
      }
      const link = this.#links.array.subarray(this.#linkStart.array[found], this.#linkEnd.array[found]);
      const target = Buffer.from(link).toString();
      if (!names.follow(target)) return { linked: true };
      if (target.startsWith('/')) node = ROOT;
    }
    return { node, linked: names.linked };
  }

  #child(parent: number, text: string): number {
    const name = Buffer.from(text);
    const hash = hashOf(parent, name);
    const known = this.#table.find(hash, (node) => this.#isChild(node, parent, name));
    if (known !== undefined) return known;
    this.#table.put(hash);
    return this.#add(parent, name);
  }

  #isChild(node: number, parent: number, name: Buffer): boolean {
    if (this.#parent.array[node] !== parent) return false;
    const start = this.#nameStart.array[node] ?? 0;
    const length = (this.#nameEnd.array[node] ?? 0) - start;
    if (length !== name.byteLength) return false;
    const names = this.#names.array;
    for (let at = 0; at < length; at++) if (names[start + at] !== name[at]) return false;
    return true;
  }

  #add(parent: number, name: Buffer): number {
    const node = this.#kind.length;
    const { nodes } = this.#limits;
    if (node > nodes)
      throw new RegistryError('tooLarge', '', { reason: `${this.#where}: it has more than ${nodes} paths.` });
    this.#limitText(name.byteLength);
    const above = this.#kind.array[parent] ?? 0;
    this.#kind.array[parent] = ((above & TYPE_BITS) === NOTHING ? above & ~TYPE_BITS : above) | PARENT;
    this.#parent.push(parent);
    this.#nameStart.push(this.#names.length);
    this.#append(this.#names, name);
    this.#nameEnd.push(this.#names.length);
    this.#linkStart.push(0);
    this.#linkEnd.push(0);
    this.#kind.push(0);
    this.#mode.push(IMPLIED_MODE);
    this.#uid.push(0);
    this.#gid.push(0);
    this.#size.push(0);
    this.#modified.push(0);
    this.#files.push(0);
    this.#attributes.push(0);
    this.#entry.push(0);
    this.#append(this.#sums, NO_SUM);
    return node;
  }

  #append(column: Growing<Uint8Array>, bytes: Buffer): void {
    column.reserve(bytes.byteLength);
    column.array.set(bytes, column.length);
    column.length += bytes.byteLength;
  }

  #limitText(more: number): void {
    const { text } = this.#limits;
    if (this.#names.length + this.#links.length + more > text)
      throw new RegistryError('tooLarge', '', {
        reason: `${this.#where}: the names in it have more than ${text} bytes.`,
      });
  }
}

/** FNV-1a from a place of its own, so that no layer can have names that are made to have one hash. */
const SEED = randomBytes(4).readInt32LE();

function hashOf(parent: number, name: Uint8Array): number {
  let hash = SEED ^ parent;
  hash = Math.imul(hash, 0x01000193);
  for (let at = 0; at < name.byteLength; at++) hash = Math.imul(hash ^ (name[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
