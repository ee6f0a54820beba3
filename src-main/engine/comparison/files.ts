import { Growing } from '../layers/growing.ts';
import { inSlices } from '../layers/slices.ts';
import type { LayerTree } from '../layers/tree.ts';
import { FILE_ASPECTS, type FileAspect } from '../vocabulary/comparison.ts';
import { SizeShares } from './size-shares.ts';
import { type ComparedTrees, differingFiles, type FileDifferenceKind, type FileRow } from './walk-files.ts';

const CHANGES: readonly FileDifferenceKind[] = ['added', 'removed', 'changed'];
/** Bits of what a row says, above its kind of change. */
const UNCERTAIN = 4;
const ASPECTS = 3;

/** Paths that differ, counted. */
export interface ChangeSums {
  added: number;
  removed: number;
  changed: number;
  /** Of what changed before and after. */
  bytes: { added: number; removed: number; changedLeft: number; changedRight: number };
}

export interface FileCounts extends ChangeSums {
  /** Of those that changed the ones of which only the times differ. */
  timesOnly: number;
  uncertain: number;
}

export const noChanges = (): ChangeSums => ({
  ...{ added: 0, removed: 0, changed: 0 },
  bytes: { added: 0, removed: 0, changedLeft: 0, changedRight: 0 },
});

/** An entry of a layer. */
export interface EntryAt {
  readonly layer: number;
  readonly tree: LayerTree;
  readonly node: number;
}

export interface KeptRow {
  readonly path: string;
  readonly change: FileDifferenceKind;
  readonly aspects: readonly FileAspect[];
  readonly left?: EntryAt;
  readonly right?: EntryAt;
  readonly uncertain: boolean;
}

/** How the files of two images differ: some 20 bytes a row, however many there are. */
export class FileComparison {
  readonly counts: FileCounts = { ...noChanges(), timesOnly: 0, uncertain: 0 };
  readonly sizes = new SizeShares();
  readonly trees: ComparedTrees;
  readonly #said = new Growing(Uint16Array);
  /** One more than the layer; 0 where a side has none. */
  readonly #layers = { left: new Growing(Uint32Array), right: new Growing(Uint32Array) };
  readonly #nodes = { left: new Growing(Uint32Array), right: new Growing(Uint32Array) };
  /** Of rows that neither side has an entry for. */
  readonly #paths = new Map<number, string>();

  private constructor(trees: ComparedTrees) {
    this.trees = trees;
  }

  /** @param check called between slices; what it throws ends the work */
  static async of(trees: ComparedTrees, check: () => void): Promise<FileComparison> {
    const comparison = new FileComparison(trees);
    for await (const row of inSlices(differingFiles(trees), check)) if (row) comparison.#add(row);
    return comparison;
  }

  get length(): number {
    return this.#said.length;
  }

  row(at: number): KeptRow {
    const said = this.#said.array[at] ?? 0;
    const [left, right] = [this.#entry('left', at), this.#entry('right', at)];
    const path = () => this.#pathOf(left ?? right, at);
    return {
      /** Put together when it is asked for: most rows of a long list are only counted. */
      get path() {
        return path();
      },
      change: CHANGES[said & 3] ?? 'changed',
      aspects: FILE_ASPECTS.filter((_, bit) => (said & (1 << (bit + ASPECTS))) !== 0),
      ...(left ? { left } : {}),
      ...(right ? { right } : {}),
      uncertain: (said & UNCERTAIN) !== 0,
    };
  }

  #pathOf(shown: EntryAt | undefined, at: number): string {
    return shown ? shown.tree.path(shown.node) : (this.#paths.get(at) ?? '');
  }

  #entry(side: 'left' | 'right', at: number): EntryAt | undefined {
    const layer = (this.#layers[side].array[at] ?? 0) - 1;
    const tree = this.trees[side][layer];
    return tree && { layer, tree, node: this.#nodes[side].array[at] ?? 0 };
  }

  #add({ path, change, aspects, left, right, uncertain }: FileRow): void {
    let said = CHANGES.indexOf(change) | (uncertain ? UNCERTAIN : 0);
    for (const aspect of aspects) said |= 1 << (FILE_ASPECTS.indexOf(aspect) + ASPECTS);
    if (!left && !right) this.#paths.set(this.#said.length, path);
    this.#said.push(said);
    for (const [side, node] of [
      ['left', left],
      ['right', right],
    ] as const) {
      this.#layers[side].push(node ? node.layer + 1 : 0);
      this.#nodes[side].push(node?.node ?? 0);
    }
    countChange(this.counts, { change, ...(left && { left }), ...(right && { right }) });
    if (uncertain) this.counts.uncertain += 1;
    if (change === 'changed' && !uncertain && aspects.every((aspect) => aspect === 'modified'))
      this.counts.timesOnly += 1;
    this.sizes.add(path, sizeOf(left), sizeOf(right));
  }
}

export function countChange(
  sums: ChangeSums,
  { change, left, right }: Pick<KeptRow, 'change' | 'left' | 'right'>,
): void {
  sums[change] += 1;
  if (change === 'added') sums.bytes.added += sizeOf(right);
  if (change === 'removed') sums.bytes.removed += sizeOf(left);
  if (change !== 'changed') return;
  sums.bytes.changedLeft += sizeOf(left);
  sums.bytes.changedRight += sizeOf(right);
}

/** A hard link has no bytes of its own. */
const sizeOf = (entry: EntryAt | undefined): number => entry?.tree.columns.size[entry.node] ?? 0;
