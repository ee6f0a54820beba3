import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../src-main/common/plan.ts';
import type { SyncPlan } from '../../src-main/common/transfer.ts';
import classes from './copy.module.css';

export interface TransferNoticesProps extends Pick<Plan, 'items'> {
  options: SyncPlan['subject']['options'];
}

/** What must not be overlooked in a plan of tags: those that move, and those that are refused. */
export function TransferNotices({ items: { by }, options }: TransferNoticesProps) {
  const { t } = useTranslation();
  const moving = by.changed ?? 0;
  const refused = by.refused ?? 0;
  const rewrites = (options?.platforms?.length ?? 0) > 0 && options?.index !== 'sparse';
  return (
    <>
      {rewrites && (
        <p className={classes.quiet} data-testid="digest-changes">
          {t('transfers.digestChanges')}
        </p>
      )}
      {moving > 0 && (
        <Alert
          className={classes.notice ?? ''}
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          data-testid="moving"
        >
          {t('transfers.moving', { count: moving })}
        </Alert>
      )}
      {refused > 0 && (
        <Alert
          className={classes.notice ?? ''}
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          data-testid="refused"
        >
          {t('transferPages.refusedNote', { count: refused })}
        </Alert>
      )}
    </>
  );
}
