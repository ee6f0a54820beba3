import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { StorageScope } from '../../src-main/common/storage.ts';
import listClasses from '../lists/list-page.module.css';
import { failureReason } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { useScan } from './scan-button.tsx';
import type { ShownScans } from './scans.ts';

/** Configs that could not be read, why, and that they can be asked for again before a week is over. */
export function Undated({ scope, scans }: { scope: StorageScope; scans: ShownScans }) {
  const { t, i18n } = useTranslation();
  const scan = useScan();
  const { undated = 0, firstUndated } = scans.last ?? {};
  if (scans.running || !firstUndated) return null;
  return (
    <div className={listClasses.note} data-testid="undated">
      {t('storage.scan.undated', {
        count: undated,
        formatted: formatCount(undated, i18n.language),
        reason: failureReason(t, firstUndated),
      })}
      <Button
        variant="default"
        size="compact-xs"
        loading={scan.isPending}
        onClick={() => scan.mutate({ ...scope, readManifests: false, retry: true })}
      >
        {t('storage.scan.retryUndated')}
      </Button>
    </div>
  );
}
