import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { formatBytes } from '../ui/format.ts';
import { choiceOf } from './choice.ts';
import { storageQueries } from './queries.ts';

/** How much of an image only its tag holds, and how much others hold as well; nothing where nothing is known. */
export function ImageShare({ place, tag }: { place: RepositoryPlace; tag: string }) {
  const { t } = useTranslation();
  const { data } = useQuery(storageQueries.freed(place.accountId, choiceOf(place.repository, [tag])));
  if (!data) return null;
  const { bytes, stillHeld, unread } = data;
  if (bytes + stillHeld.bytes === 0)
    return unread > 0 ? null : <span data-testid="image-share">{t('storage.imageAllShared')}</span>;
  return (
    <span data-testid="image-share" data-hint={t('storage.imageHelp')}>
      {stillHeld.bytes === 0 && unread === 0
        ? t('storage.imageAllOwn')
        : t('storage.imageOwn', { bytes: formatBytes(bytes) })}
      {stillHeld.bytes > 0 && ` · ${t('storage.imageShared', { bytes: formatBytes(stillHeld.bytes) })}`}
      {stillHeld.elsewhere > 0 && t('storage.heldElsewhere', { bytes: formatBytes(stillHeld.elsewhere) })}
    </span>
  );
}
