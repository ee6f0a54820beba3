import { useTranslation } from 'react-i18next';
import type { ScheduledRun } from '../../src-main/common/cleanup-run.ts';
import { failureTitle } from '../ui/failure-words.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

/** How the last run by schedule ended, and why it failed. */
export function LastRun({ run: { at, outcome, tags = 0, manifests = 0, failure } }: { run: ScheduledRun }) {
  const { t } = useTranslation();
  const isUntagged = tags === 0 && manifests > 0 && (outcome === 'waits' || outcome === 'started');
  const words = isUntagged
    ? t(`cleanup.lastRun.untagged.${outcome}`, { count: manifests })
    : t(`cleanup.lastRun.${outcome}`, { count: tags });
  return (
    <>
      {failure ? t('cleanup.failedFor', { failed: words, why: failureTitle(t, failure) }) : words}{' '}
      <RelativeTime value={at} />
    </>
  );
}
