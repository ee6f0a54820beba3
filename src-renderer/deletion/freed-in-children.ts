import type { TFunction } from 'i18next';
import { formatBytes } from '../ui/format.ts';

/** What else becomes free where untagged images of deleted indexes are collected too; empty where that is nothing. */
export function freedInChildren(
  t: TFunction,
  { bytesInChildren, bytesAtMost }: { bytesInChildren: number; bytesAtMost: boolean },
): string {
  if (bytesInChildren === 0) return '';
  const words = bytesAtMost ? 'deletion.bytesInChildrenAtMost' : 'deletion.bytesInChildren';
  return ` ${t(words, { bytes: formatBytes(bytesInChildren) })}`;
}
