import type { DescribedImage } from '../../common/image.ts';
import { isSamePlatform, type Platform, parsePlatform } from '../../engine/index.ts';
import { UsageError } from './failures.ts';
import { platformText } from './output.ts';

/** One image of what a reference names. */
export interface ChosenImage {
  readonly digest: string;
  readonly platform?: string;
}

/**
 * The image for a platform; without one wanted the one for this machine, else the first. Nested indexes are looked through, and an
 * image whose index names no platform goes by its configuration. Where no platform is known it is what was named.
 *
 * @throws UsageError where there is none for the platform
 */
export function chooseImage(named: DescribedImage, wanted: string | undefined): ChosenImage {
  const images = named.images.flatMap(({ digest, platform }) => (platform ? [{ digest, platform }] : []));
  const chosen =
    wanted === undefined
      ? (images.find(({ platform }) => isSamePlatform(platform, thisMachine())) ?? images[0])
      : images.find(({ platform }) => isSamePlatform(platform, readPlatform(wanted)));
  if (chosen) return { digest: chosen.digest, platform: platformText(chosen.platform) };
  if (wanted === undefined) return { digest: named.digest };
  const there = images.map(({ platform }) => platformText(platform));
  throw new UsageError(`No image for ${wanted}. Available: ${there.join(', ') || 'none'}.`);
}

function readPlatform(words: string): Platform {
  const platform = parsePlatform(words);
  if (platform === undefined)
    throw new UsageError(`"${words}" is not a platform: give os/arch or os/arch/variant.`);
  return platform;
}

/** Containers run Linux wherever they run. */
function thisMachine(): Platform {
  return { os: 'linux', architecture: process.arch === 'x64' ? 'amd64' : process.arch };
}
