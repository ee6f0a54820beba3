import type { Platform } from '../../src-main/common/image.ts';
import { formatPlatform } from '../ui/format.ts';

/** arm64 has no other variant in use: naming it adds nothing, and takes the room of another platform. */
function withoutUsualVariant(platform: Platform): Platform {
  const { variant, ...rest } = platform;
  return rest.architecture === 'arm64' && variant === 'v8' ? rest : platform;
}

/** Platforms in one short line: the operating system once where all share it, `linux/amd64, arm64, arm/v7`. */
export function platformSummary(platforms: readonly Platform[]): string {
  const [first, ...others] = platforms.map(withoutUsualVariant);
  if (!first) return '';
  const sameSystem = others.every(({ os }) => os === first.os);
  const rest = others.map((platform) => {
    const label = formatPlatform(platform);
    return sameSystem ? label.slice(first.os.length + 1) : label;
  });
  return [formatPlatform(first), ...rest].join(', ');
}
