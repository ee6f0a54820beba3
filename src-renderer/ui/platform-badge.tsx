import type { Platform } from '../../src-main/common/image.ts';
import { Chip } from './chip.tsx';
import { formatPlatform } from './format.ts';

/** `linux/amd64` as a quiet chip. */
export function PlatformBadge({ platform }: { platform: Platform }) {
  return <Chip>{formatPlatform(platform)}</Chip>;
}
