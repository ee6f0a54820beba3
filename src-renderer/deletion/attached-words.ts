import { useTranslation } from 'react-i18next';
import type { DeletionSummary } from '../../src-main/common/deletion.ts';
import { namesText } from '../ui/names.ts';

/** Tags that are named. */
const NAMED = 3;

/** What is attached to what goes, in a few words; nothing where nothing is. */
export function useAttachedWords(attached: Pick<DeletionSummary['attached'], 'manifests' | 'tags'>): string {
  const { t, i18n } = useTranslation();
  const tags = namesText(t, attached.tags, NAMED);
  const parts = [
    ...(attached.manifests > 0 ? [t('deletion.attachedManifests', { count: attached.manifests })] : []),
    ...(attached.tags.length > 0 ? [t('deletion.attachedTags', { count: attached.tags.length, tags })] : []),
  ];
  return new Intl.ListFormat(i18n.language, { type: 'conjunction' }).format(parts);
}
