import type { ComparedLayer, ComparisonSide, FileDifferences } from '../../common/comparison.ts';
import type { Platform } from '../../common/image.ts';
import { type Descriptor, LayerTree, RegistryError, settledTrees } from '../../engine/index.ts';
import { failureOf } from '../failure.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { inParallel } from '../parallel.ts';
import type { Progress } from './progress.ts';
import { type Side, wholeBlob } from './sides.ts';

/** Layers that are read at once: unpacking takes a processor for each. */
const READS = 2;

type Failed = FileDifferences['failed'][number];
type Layer = NonNullable<ComparedLayer['left']>;

/** What is read for a comparison of files. */
export interface TreesOptions {
  sides: Readonly<Record<ComparisonSide, Side>>;
  rows: readonly ComparedLayer[];
  platform: Platform | undefined;
  /** Those that both have are read as well. */
  shared: boolean;
  progress: Progress;
  signal: AbortSignal;
}

/** Trees of the layers of both sides, base layer first; empty ones for those that were not read. */
export interface SideTrees {
  left: LayerTree[];
  right: LayerTree[];
  /** Rows that both have and of which nothing is known. */
  unread: readonly ComparedLayer[];
  failed: readonly Failed[];
}

/** Reads the layers that differ, and takes those that both have as they are known. What is wrong with one does not end it. */
export async function readTrees(known: KnownLayers, options: TreesOptions): Promise<SideTrees> {
  const { rows, shared } = options;
  const trees = new Map<string, LayerTree>();
  const unread: ComparedLayer[] = [];
  const wanted = new Map<string, { side: ComparisonSide; layer: Layer }>();
  for (const row of rows) {
    const [first] = choicesOf(row);
    if (!first) continue;
    const both = row.left && row.right;
    const found = both && (await knownOf(known, row));
    if (found) for (const { layer } of choicesOf(row)) trees.set(layer.digest, found);
    else if (both && !shared) unread.push(row);
    else wanted.set(first.layer.digest, first);
  }
  const failed = await readAll(known, [...wanted.values()], trees, options);
  const of = async (side: ComparisonSide) =>
    await settledTrees(
      rows.flatMap((row) => {
        if (!row[side]) return [];
        const read = choicesOf(row).map(({ layer }) => trees.get(layer.digest));
        return [read.find((tree) => tree !== undefined) ?? LayerTree.empty()];
      }),
    );
  return { left: await of('left'), right: await of('right'), unread, failed };
}

async function readAll(
  known: KnownLayers,
  wanted: readonly { side: ComparisonSide; layer: Layer }[],
  trees: Map<string, LayerTree>,
  { sides, platform, progress, signal }: TreesOptions,
): Promise<Failed[]> {
  const failed: Failed[] = [];
  progress.expect(wanted.length);
  const reads = inParallel(wanted, READS, signal, async ({ side, layer }, stop) => {
    progress.begin(side, layer, platform);
    try {
      return { layer, tree: await readTree(known, sides[side], layer, stop) };
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      failed.push({ side, layer: layer.index, digest: layer.digest, failure: failureOf(error) });
      return { layer, tree: LayerTree.empty() };
    } finally {
      progress.end();
    }
  });
  for await (const { layer, tree } of reads) trees.set(layer.digest, tree);
  return failed;
}

/** All of it: a table of contents does not prove what a file holds. */
async function readTree(
  known: KnownLayers,
  side: Side,
  layer: Pick<Descriptor, 'digest' | 'size' | 'mediaType'>,
  signal: AbortSignal,
): Promise<LayerTree> {
  return (await known.read(layer, wholeBlob(side, layer), { sums: true, signal })).tree;
}

async function knownOf(known: KnownLayers, row: ComparedLayer): Promise<LayerTree | undefined> {
  for (const { layer } of choicesOf(row)) {
    const found = await known.get(layer.digest);
    if (found?.summed) return found.tree;
  }
  return undefined;
}

/** Where its content can be read. */
function choicesOf({ left, right }: ComparedLayer): { side: ComparisonSide; layer: Layer }[] {
  return [
    ...(left ? [{ side: 'left' as const, layer: left }] : []),
    ...(right ? [{ side: 'right' as const, layer: right }] : []),
  ];
}
