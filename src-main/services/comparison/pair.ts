import type { ComparedPlatform, ComparisonRequest, ComparisonSide } from '../../common/comparison.ts';
import {
  alignHistory,
  alignLayers,
  alone,
  bytesOfSides,
  configRows,
  imageOf,
  isShared,
  judge,
  type PlatformPair,
  type SideImage,
} from '../../engine/index.ts';
import type { ComparedFiles } from './files.ts';
import { type ComparedPackages, NO_PACKAGES } from './packages.ts';
import type { Side } from './sides.ts';

/** Two images of one platform, or one that has no counterpart. */
export interface ComparedPair {
  row: ComparedPlatform;
  left?: SideImage;
  right?: SideImage;
}

type Row = Pick<ComparedPlatform, 'layers' | 'platform'>;

/** What is compared beside what manifests and configurations say. */
export interface DeepComparison {
  files?: (images: { left: SideImage; right: SideImage }, row: Row) => Promise<ComparedFiles>;
  packages?: (images: { left: SideImage; right: SideImage }) => Promise<ComparedPackages>;
}

export type Choice = Partial<Omit<ComparisonRequest, 'left' | 'right'>>;

export async function comparePair(
  sides: Readonly<Record<ComparisonSide, Side>>,
  pair: PlatformPair,
  deep: DeepComparison,
  signal: AbortSignal | undefined,
): Promise<ComparedPair> {
  const [left, right] = await Promise.all([imageAt(sides.left, pair.left), imageAt(sides.right, pair.right)]);
  const platform = pair.left?.platform ?? pair.right?.platform ?? left?.platform ?? right?.platform;
  const layers = await alignLayers(left?.layers ?? [], right?.layers ?? [], signal);
  const history = await alignHistory(left?.config?.history ?? [], right?.config?.history ?? [], signal);
  const config = left?.config && right?.config ? configRows(left.config, right.config) : [];
  const about = { ...(platform ? { platform } : {}), layers };
  const both = left && right ? { left, right } : undefined;
  const files = both && (await deep.files?.(both, about))?.summary;
  // The same layers hold the same packages: nothing is read for them.
  const packages =
    both && deep.packages && (layers.every(isShared) ? NO_PACKAGES : await deep.packages(both));
  const found = { ...(files ? { files } : {}), ...(packages ? { packages } : {}) };
  const row: ComparedPlatform = {
    ...about,
    state: both ? 'both' : left ? 'onlyLeft' : 'onlyRight',
    ...(left ? { left: left.digest } : {}),
    ...(right ? { right: right.digest } : {}),
    ...(both ? judge(both.left, both.right, { layers, config, history, ...found }) : alone()),
    config,
    history,
    bytes: bytesOfSides(left ? [left] : [], right ? [right] : []),
    ...found,
  };
  return { row, ...(left ? { left } : {}), ...(right ? { right } : {}) };
}

async function imageAt(side: Side, of: PlatformPair['left']): Promise<SideImage | undefined> {
  return of && imageOf(await side.image(of.digest));
}
