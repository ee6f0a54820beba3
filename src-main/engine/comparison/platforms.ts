import { isSamePlatform, type Platform } from '../model/platform.ts';

/** An image of an index, or one alone. */
export interface OfPlatform {
  digest: string;
  platform?: Platform;
}

export interface PlatformPair {
  left?: OfPlatform;
  right?: OfPlatform;
}

/**
 * Images of two sides by their platforms, in the order of the left. An image alone is compared with another one alone whatever they
 * run on.
 *
 * @param wanted only this platform
 */
export function pairPlatforms(
  left: readonly OfPlatform[],
  right: readonly OfPlatform[],
  wanted?: Platform,
): PlatformPair[] {
  const chosen = ({ platform }: OfPlatform) =>
    wanted === undefined || (platform !== undefined && isSamePlatform(platform, wanted));
  const [ones, others] = [left.filter(chosen), right.filter(chosen)];
  const [one, other] = [ones[0], others[0]];
  if (one && other && ones.length === 1 && others.length === 1) return [{ left: one, right: other }];
  const free = [...others];
  const pairs = ones.map((image): PlatformPair => {
    const at = bestOf(image, free);
    const [match] = at < 0 ? [] : free.splice(at, 1);
    return match ? { left: image, right: match } : { left: image };
  });
  return [...pairs, ...free.map((image) => ({ right: image }))];
}

/** The same image before another of its platform: an index may have several of one. */
function bestOf({ digest, platform }: OfPlatform, images: readonly OfPlatform[]): number {
  const same = images.findIndex((image) => image.digest === digest);
  if (same >= 0) return same;
  const exact = images.findIndex((image) => textOf(image.platform) === textOf(platform));
  if (exact >= 0) return exact;
  return images.findIndex((image) => platform && image.platform && isSamePlatform(image.platform, platform));
}

const textOf = (platform: Platform | undefined): string =>
  platform ? JSON.stringify([platform.os, platform.architecture, platform.variant, platform.osVersion]) : '';
