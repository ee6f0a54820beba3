import type { ComparisonSide, TextComparison } from '../../common/comparison.ts';
import {
  type FileComparison,
  fileInLayer,
  imageOf,
  type LayerTree,
  linkedFile,
  type MergedNode,
  MergedTree,
  textHunks,
} from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { textOf } from '../layers/content.ts';
import { type Side, wholeBlob } from './sides.ts';

/** Bytes of a file that is compared line by line. */
const TEXT_MAX = 1024 * 1024;

/** Images of one platform, by their digests. */
export interface ImagesOfSides {
  readonly sides: Readonly<Record<ComparisonSide, Side>>;
  readonly digests: Readonly<Record<ComparisonSide, string>>;
}

/**
 * One file of both, line by line; a side that has none is as an empty one.
 *
 * @throws ServiceError `fileUnknown` where neither has one
 */
export async function compareText(
  { trees }: FileComparison,
  { sides, digests }: ImagesOfSides,
  path: string,
  signal: AbortSignal | undefined,
): Promise<TextComparison> {
  const [left, right] = [fileAt(trees.left, path), fileAt(trees.right, path)];
  if (!left && !right) throw new ServiceError('fileUnknown', path);
  const about = { ...(left ? { left: statedOf(left) } : {}), ...(right ? { right: statedOf(right) } : {}) };
  if (sizeOf(left) > TEXT_MAX || sizeOf(right) > TEXT_MAX) return { kind: 'tooLarge', ...about };
  if (left && right && about.left?.sha256 !== undefined && about.left.sha256 === about.right?.sha256)
    return { kind: 'text', hunks: [] };
  const [one, other] = await Promise.all([
    read(sides.left, digests.left, left, signal),
    read(sides.right, digests.right, right, signal),
  ]);
  if (one === undefined || other === undefined) return { kind: 'binary', ...about };
  return { kind: 'text', hunks: await textHunks(one, other, signal) };
}

/** A regular file; links are not followed, for the path is that of a row. */
function fileAt(trees: readonly LayerTree[], path: string): MergedNode | undefined {
  if (trees.length === 0) return undefined;
  const found = new MergedTree(trees).find(path);
  const file = found && linkedFile(trees, found);
  return file?.type === 'file' ? file : undefined;
}

const sizeOf = (file: MergedNode | undefined): number => file?.tree.columns.size[file.node] ?? 0;

function statedOf(file: MergedNode): { size: number; sha256?: string } {
  const sum = file.tree.sum(file.node);
  return { size: sizeOf(file), ...(sum ? { sha256: `sha256:${sum.toString('hex')}` } : {}) };
}

/** Undefined for what is no text. */
async function read(
  side: Side,
  digest: string,
  file: MergedNode | undefined,
  signal: AbortSignal | undefined,
): Promise<string | undefined> {
  if (!file) return '';
  const layer = imageOf(await side.image(digest)).layers[file.layer];
  if (!layer) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of fileInLayer(wholeBlob(side, layer), layer, file.tree.origin(file.node), {
    signal,
  }))
    chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  return textOf(bytes, bytes.byteLength);
}
