import { Badge } from '@mantine/core';
import type { Platform } from '../../src-main/common/image.ts';
import { formatPlatform } from './format.ts';

/** `linux/amd64` as a quiet badge. */
export function PlatformBadge({ platform }: { platform: Platform }) {
  return (
    <Badge variant="default" size="sm" radius="sm" tt="none" fw={500}>
      {formatPlatform(platform)}
    </Badge>
  );
}
