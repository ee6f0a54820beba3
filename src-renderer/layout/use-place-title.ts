import { useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAccount } from '../accounts/queries.ts';

/** What is shown, for the window's title: the repository, its registry, the app. */
export function usePlaceTitle(): string {
  const { t } = useTranslation();
  const { accountId = '' } = useParams({ strict: false });
  const { repository, reference } = useSearch({ strict: false });
  const account = useAccount(accountId);
  const place = account && typeof repository === 'string' ? repository : '';
  const tag = place !== '' && typeof reference === 'string' && !reference.includes(':') ? reference : '';
  return [tag === '' ? place : `${place}:${tag}`, account?.name ?? '', t('common.appName')]
    .filter((part) => part !== '')
    .join(' · ');
}
