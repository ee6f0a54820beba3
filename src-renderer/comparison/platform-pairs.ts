import type { ComparedLayer, ComparedPlatform, Comparison } from '../../src-main/common/comparison.ts';
import { formatPlatform } from '../ui/format.ts';

/** As an address names the platform; empty where the manifests name none. */
export const platformKey = ({ platform }: Pick<ComparedPlatform, 'platform'>): string =>
  platform ? formatPlatform(platform) : '';

/** The one that was asked for, else the first that differs and that both have. */
export function chosenPlatform(
  { platforms }: Pick<Comparison, 'platforms'>,
  asked: string | undefined,
): ComparedPlatform | undefined {
  return (
    platforms.find((each) => asked !== undefined && platformKey(each) === asked) ??
    platforms.find(({ state, same }) => state === 'both' && !same) ??
    platforms.find(({ state }) => state === 'both') ??
    platforms[0]
  );
}

const isOwn = ({ state }: Pick<ComparedLayer, 'state'>) => state === 'onlyLeft' || state === 'onlyRight';

/** Whether any layer lies on one side alone. */
export const hasOwnLayers = ({ layers }: Pick<ComparedPlatform, 'layers'>): boolean => layers.some(isOwn);

/** Bytes of the layers that one side alone has, each once: what has to be read to compare files. */
export function bytesToRead({ layers }: Pick<ComparedPlatform, 'layers'>): number {
  const blobs = new Map<string, number>();
  for (const { left, right } of layers.filter(isOwn))
    for (const each of [left, right]) if (each) blobs.set(each.digest, each.size);
  return [...blobs.values()].reduce((sum, size) => sum + size, 0);
}
