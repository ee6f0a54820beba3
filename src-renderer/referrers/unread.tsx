import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import { FailureDetails } from '../ui/error-panel.tsx';
import { failureReason } from '../ui/failure-words.ts';
import classes from './referrers.module.css';

/** What could not be read of a manifest or a document, and why; nothing where all was. */
export function Unread({ problem }: { problem: Failure | undefined }) {
  const { t } = useTranslation();
  if (!problem) return null;
  return (
    <div className={classes.unseen} data-failure={problem.code}>
      <span>
        {t('referrers.unread')}
        {t('ui.colon')}
        {failureReason(t, problem)}
      </span>
      <FailureDetails failure={problem} />
    </div>
  );
}
