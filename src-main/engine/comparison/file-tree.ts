import { inSlices } from '../layers/slices.ts';
import { type ChangeSums, countChange, type FileComparison, type KeptRow, noChanges } from './files.ts';

/** A folder with paths that differ in it, and what these come to with all that is further down. */
export interface ComparedFolder extends ChangeSums {
  /** From 0 on, which is the root. */
  readonly level: number;
  /** Within the folder above; of several where each holds nothing but the next: `usr/lib`. */
  readonly name: string;
  /** The folder itself differs, or may: its row comes before all that is in it. */
  readonly own: boolean;
  /** Paths that differ right in it; their rows come after those of its folders. */
  readonly files: number;
}

/** Folders that a tree has at most: what lies in deeper ones is listed in those above. */
const FOLDERS_MAX = 10_000;

/** Chosen rows of a comparison as a tree. */
export class FileTree {
  /** Each followed by those in it, by name; the root first. */
  readonly folders: readonly ComparedFolder[];
  /** Rows of the comparison as the tree has them, from the top. */
  readonly order: Uint32Array;

  private constructor(folders: readonly ComparedFolder[], order: Uint32Array) {
    this.folders = folders;
    this.order = order;
  }

  /**
   * @param chosen rows of the comparison
   * @param check called between slices; what it throws ends the work
   */
  static async of(
    comparison: FileComparison,
    chosen: Uint32Array,
    check: () => void,
    foldersMax = FOLDERS_MAX,
  ): Promise<FileTree> {
    const levels = new Levels();
    for await (const row of inSlices(rowsAt(comparison, chosen), check)) levels.add(row.path);
    const root = new Folder('');
    const deepest = levels.deepest(foldersMax);
    for await (const row of inSlices(rowsAt(comparison, chosen), check)) root.add(row, deepest);
    const folders: ComparedFolder[] = [];
    const order = new Uint32Array(chosen.length);
    let length = 0;
    for await (const found of inSlices(walk(root), check))
      if (typeof found === 'number') order[length++] = found;
      else folders.push(found);
    return new FileTree(folders, order);
  }
}

interface RowAt extends KeptRow {
  readonly at: number;
}

function* rowsAt(comparison: FileComparison, chosen: Uint32Array): Generator<RowAt, void, void> {
  for (const at of chosen) {
    const row = comparison.row(at);
    yield { ...row, at };
  }
}

const foldersOf = (path: string): string[] => path.split('/').slice(0, -1);

/** How many folders there are on each level: paths come folder by folder, so each counts where it begins. */
class Levels {
  readonly #counts: number[] = [];
  #before: readonly string[] = [];

  add(path: string): void {
    const folders = foldersOf(path);
    let shared = 0;
    while (shared < folders.length && folders[shared] === this.#before[shared]) shared += 1;
    for (let level = shared; level < folders.length; level++)
      this.#counts[level] = (this.#counts[level] ?? 0) + 1;
    this.#before = folders;
  }

  /** The level down to which there are at most so many. */
  deepest(most: number): number {
    let left = most;
    const level = this.#counts.findIndex((count) => {
      left -= count;
      return left < 0;
    });
    return level < 0 ? Number.POSITIVE_INFINITY : level;
  }
}

class Folder {
  readonly name: string;
  readonly folders = new Map<string, Folder>();
  /** Rows right in it, and of these the directories by their names: each may turn out to be a folder. */
  readonly rows: number[] = [];
  readonly directories = new Map<string, number>();
  readonly sums = noChanges();

  constructor(name: string) {
    this.name = name;
  }

  add(row: RowAt, deepest: number): void {
    let folder: Folder = this;
    countChange(folder.sums, row);
    const parts = row.path.split('/');
    const depth = Math.min(parts.length - 1, deepest);
    for (const name of parts.slice(0, depth)) {
      folder = folder.#at(name);
      countChange(folder.sums, row);
    }
    const name = parts.slice(depth).join('/');
    if (isDirectory(row)) folder.directories.set(name, row.at);
    else folder.rows.push(row.at);
  }

  #at(name: string): Folder {
    const known = this.folders.get(name);
    if (known) return known;
    const made = new Folder(name);
    this.folders.set(name, made);
    return made;
  }

  /** Directories that hold nothing that differs are rows like files. */
  get files(): number[] {
    const alone = [...this.directories].filter(([name]) => !this.folders.has(name));
    return [...alone.map(([, at]) => at), ...this.rows];
  }
}

/** Also what was one on a side, and what is not known. */
function isDirectory({ left, right }: KeptRow): boolean {
  if (!left && !right) return true;
  return [left, right].some((entry) => entry?.tree.isDirectory(entry.node) === true);
}

/** Folders and rows in the order of the tree. */
function* walk(root: Folder): Generator<ComparedFolder | number, void, void> {
  const open: { files: number[]; folders: Folder[]; of: Folder }[] = [];
  const enter = (folder: Folder, name: string, own: boolean): ComparedFolder => {
    const files = folder.files;
    const inner = [...folder.folders.values()].sort((one, other) => (one.name < other.name ? 1 : -1));
    const level = open.length;
    open.push({ files, folders: inner, of: folder });
    return { level, name, own, files: files.length, ...folder.sums };
  };
  yield enter(root, '', false);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const next = top.folders.pop();
    if (!next) {
      yield* top.files;
      open.pop();
      continue;
    }
    let [folder, name] = [next, next.name];
    let own = top.of.directories.get(name);
    for (let inner = onlyIn(folder); inner && own === undefined; inner = onlyIn(folder)) {
      own = folder.directories.get(inner.name);
      name += `/${inner.name}`;
      folder = inner;
    }
    yield enter(folder, name, own !== undefined);
    if (own !== undefined) yield own;
  }
}

/** The folder in one that holds nothing else. */
function onlyIn({ folders, rows, directories }: Folder): Folder | undefined {
  if (folders.size !== 1 || rows.length > 0) return undefined;
  const [only] = folders.values();
  return [...directories.keys()].every((name) => name === only?.name) ? only : undefined;
}
