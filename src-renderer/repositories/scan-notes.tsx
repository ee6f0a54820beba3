import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isSizeKnown } from '../storage/is-known.ts';
import { ScanButton } from '../storage/scan-button.tsx';
import { ScanPanel } from '../storage/scan-panel.tsx';
import { scansQuery, shownScans } from '../storage/scans.ts';
import { Banner } from '../ui/banner.tsx';
import { repositoryQueries } from './queries.ts';
import type { RepositoryList } from './rows.ts';

/** A scan that works or was stopped; where nothing was ever read, the way to one. */
export function ScanNotes({ accountId, list }: { accountId: string; list: RepositoryList }) {
  const { t } = useTranslation();
  const scope = { accountId };
  const scans = shownScans(useQuery(scansQuery).data, scope);
  const known = useQuery(repositoryQueries.known(accountId)).data;
  const isUnread =
    list.rows.length > 0 && known?.complete === true && !known.rows.some((each) => isSizeKnown(each));
  return (
    <>
      <ScanPanel scans={scans} />
      {isUnread && !scans.running && (
        <Banner actions={<ScanButton scope={scope} scans={scans} />}>
          <strong>{t('repositories.unsized')}</strong> {t('repositories.unsizedHelp')}
        </Banner>
      )}
    </>
  );
}
