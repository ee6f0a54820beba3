import type { TFunction } from 'i18next';
import type { FreedBytes } from '../../src-main/common/storage.ts';
import { formatBytes, formatCount } from '../ui/format.ts';

/** What is to be known of the bytes that would become free, a sentence each. */
export function freedNotes(
  t: TFunction,
  language: string,
  { atMost, untaggedBytes, unread, attachedTags }: FreedBytes,
): string[] {
  const words = (count: number) => ({ count, formatted: formatCount(count, language) });
  return [
    t(atMost ? 'storage.freedAtMostHelp' : 'storage.freedHelp'),
    ...(untaggedBytes > 0 ? [t('storage.freedUntagged', { bytes: formatBytes(untaggedBytes) })] : []),
    ...(unread > 0 ? [t('storage.freedUnread', words(unread))] : []),
    ...(attachedTags.count > 0 ? [t('storage.freedAttached', words(attachedTags.count))] : []),
  ];
}
