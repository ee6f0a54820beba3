import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import classes from './copy.module.css';

/** The target tag could not be looked at: it may be there and move. */
export function UnseenNote({ failure }: { failure: Failure }) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" icon={<IconAlertTriangle size={18} />} data-testid="unseen">
      <div>{t('transfers.unseen', { why: t(`errors.${failure.code}.title`) })}</div>
      <span className={classes.quiet}>{t('transfers.unseenHelp')}</span>
    </Alert>
  );
}
