import { type Part, together } from './merged.ts';
import { inSlices } from './slices.ts';
import { type LayerTree, ROOT } from './tree.ts';

/** Files that are listed, those with the most bytes. */
const LISTED_MAX = 10_000;

/** A file that is in several layers, or is removed by one. */
interface WastedFile {
  path: string;
  /** Those that have it or remove it, base layer first. */
  layers: readonly number[];
  /** Bytes of all of them. */
  bytes: number;
}

export interface Waste {
  /** Bytes of all files that are in several layers or were removed, the last of each as well. */
  wastedBytes: number;
  /** Bytes that the files would have if each were there once, in its smallest form, by those that they have: 1 where nothing is wasted. */
  efficiency: number;
  /** Most bytes first, some 10,000 at most. Files without bytes are not counted. */
  files: readonly WastedFile[];
  total: number;
}

/**
 * What layers carry for nothing, as `dive` counts it: of each path the sizes in all layers are summed up, a removal counts as a layer
 * with no bytes, and where a path comes more than once its sum is wasted. A directory that is removed or made opaque counts as the
 * removal of each file in it, which dive overlooks.
 *
 * @see wagoodman/dive, filetree/efficiency.go
 */
export async function wasteOf(trees: readonly LayerTree[], check: () => void = () => {}): Promise<Waste> {
  let files: FileRecord[] = [];
  let [wastedBytes, least, all, total] = [0, 0, 0, 0];
  for await (const file of inSlices(everyFile(trees), check)) {
    all += file.bytes;
    least += file.least;
    if (file.layers.length < 2 || file.bytes === 0) continue;
    wastedBytes += file.bytes;
    total += 1;
    files.push(file);
    if (files.length > 2 * LISTED_MAX) files = largest(files);
  }
  return {
    wastedBytes,
    efficiency: all === 0 ? 1 : least / all,
    total,
    files: largest(files).map(({ tree, node, layers, bytes }) => ({ path: tree.path(node), layers, bytes })),
  };
}

/** The sort keeps what is equal in its order, which is that of the paths. */
function largest(files: FileRecord[]): FileRecord[] {
  return files.sort((one, other) => other.bytes - one.bytes).slice(0, LISTED_MAX);
}

/** A path that is a file in some layer, and what all layers do to it. */
class FileRecord {
  readonly tree: LayerTree;
  readonly node: number;
  readonly layers: number[] = [];
  bytes = 0;
  least = Number.POSITIVE_INFINITY;
  /** It is there, as far as layers were looked at. */
  visible = false;

  constructor({ tree, node }: Part) {
    this.tree = tree;
    this.node = node;
  }

  note(layer: number, bytes: number): void {
    this.layers.push(layer);
    this.bytes += bytes;
    this.least = Math.min(this.least, bytes);
    this.visible = true;
  }

  remove(layer: number): void {
    if (!this.visible) return;
    this.note(layer, 0);
    this.visible = false;
  }
}

/** A directory: what layers say of it, base layer first, and those that remove all that was in it before them. */
interface Folder {
  parts: readonly Part[];
  removedBy: readonly number[];
}

function* everyFile(trees: readonly LayerTree[]): Generator<FileRecord, void, void> {
  const parts = trees.map((tree, layer) => ({ layer, tree, node: ROOT }));
  const root = { parts, removedBy: parts.filter(hidesChildren).map(({ layer }) => layer) };
  const open = [together(root.parts)];
  const folders: Folder[] = [root];
  for (;;) {
    const next = open.at(-1)?.next();
    const folder = folders.at(-1);
    if (!next || !folder) return;
    if (next.done) {
      open.pop();
      folders.pop();
      continue;
    }
    const { file, below } = look(next.value, folder.removedBy);
    if (file) yield file;
    if (below.parts.length === 0) continue;
    open.push(together(below.parts));
    folders.push(below);
  }
}

/** Goes through the layers that say something of a path, or remove all around it. */
function look(same: readonly Part[], removedBy: readonly number[]): { file?: FileRecord; below: Folder } {
  const [first] = same;
  const file = first && new FileRecord(first);
  const parts: Part[] = [];
  const removed = new Set(removedBy);
  const layers = removedBy.length === 0 ? same.map(({ layer }) => layer) : orderOf(same, removedBy);
  for (const layer of layers) {
    const part = same.find((each) => each.layer === layer);
    const type = part?.tree.type(part.node);
    if (part && hidesChildren(part)) removed.add(layer);
    const entry = part && type !== 'nothing' && !part.tree.isDirectory(part.node);
    if (entry) {
      file?.note(layer, part.tree.columns.size[part.node] ?? 0);
      removed.add(layer);
    } else if (removed.has(layer) || type !== undefined) file?.remove(layer);
    if (part?.tree.isDirectory(part.node)) parts.push(part);
  }
  const below = { parts, removedBy: [...removed].sort((one, other) => one - other) };
  return file && file.layers.length > 0 ? { file, below } : { below };
}

function orderOf(same: readonly Part[], removedBy: readonly number[]): number[] {
  const layers = new Set([...same.map(({ layer }) => layer), ...removedBy]);
  return [...layers].sort((one, other) => one - other);
}

const hidesChildren = ({ tree, node }: Part): boolean => tree.hidesChildren(node);
