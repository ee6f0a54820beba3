import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { namesText } from '../ui/names.ts';

/** Tags that name the digest which they belong to: `sha256-<hash>.sig`. */
const OF_DIGEST = /^(sha\d+-[0-9a-f]{12})[0-9a-f]{20,}/;

/** The hash of such a tag as far as digests are shown: it is looked at, not typed. */
const shortTag = (tag: string) => tag.replace(OF_DIGEST, '$1…');

/** Tags that are named. */
const NAMED = 3;

/** What is attached to what goes, in a few words; nothing where nothing is. */
export function useAttachedWords(attached: Pick<DeletionSummary['attached'], 'manifests' | 'tags'>): string {
  const { t, i18n } = useTranslation();
  const tags = namesText(t, attached.tags.map(shortTag), NAMED);
  const parts = [
    ...(attached.manifests > 0 ? [t('deletion.attachedManifests', { count: attached.manifests })] : []),
    ...(attached.tags.length > 0 ? [t('deletion.attachedTags', { count: attached.tags.length, tags })] : []),
  ];
  return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(parts);
}
