import type { ComparedPlatform } from '../../common/comparison.ts';
import {
  alignHistory,
  alignLayers,
  alone,
  bytesOfSides,
  configRows,
  imageOf,
  judge,
  type PlatformPair,
  type SideImage,
} from '../../engine/index.ts';
import type { Side } from './sides.ts';

/** Two images of one platform, or one that has no counterpart. */
export interface ComparedPair {
  row: ComparedPlatform;
  left?: SideImage;
  right?: SideImage;
}

export async function comparePair(
  sides: { left: Side; right: Side },
  pair: PlatformPair,
  signal: AbortSignal | undefined,
): Promise<ComparedPair> {
  const [left, right] = await Promise.all([
    pair.left && sides.left.image(pair.left.digest),
    pair.right && sides.right.image(pair.right.digest),
  ]);
  return await rowOf(pair, left && imageOf(left), right && imageOf(right), signal);
}

async function rowOf(
  pair: PlatformPair,
  left: SideImage | undefined,
  right: SideImage | undefined,
  signal: AbortSignal | undefined,
): Promise<ComparedPair> {
  const platform = pair.left?.platform ?? pair.right?.platform ?? left?.platform ?? right?.platform;
  const layers = await alignLayers(left?.layers ?? [], right?.layers ?? [], signal);
  const history = await alignHistory(left?.config?.history ?? [], right?.config?.history ?? [], signal);
  const config = left?.config && right?.config ? configRows(left.config, right.config) : [];
  const judged = left && right ? judge(left, right, { layers, config, history }) : alone();
  const row: ComparedPlatform = {
    ...(platform ? { platform } : {}),
    state: left && right ? 'both' : left ? 'onlyLeft' : 'onlyRight',
    ...(left ? { left: left.digest } : {}),
    ...(right ? { right: right.digest } : {}),
    ...judged,
    layers,
    config,
    history,
    bytes: bytesOfSides(left ? [left] : [], right ? [right] : []),
  };
  return { row, ...(left ? { left } : {}), ...(right ? { right } : {}) };
}
