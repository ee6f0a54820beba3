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
  const { changed = 0, refused = 0 } = by;
  const warnings = [
    { name: 'moving', count: changed, text: t('transfers.moving', { count: changed }) },
    { name: 'refused', count: refused, text: t('transferPages.refusedNote', { count: refused }) },
  ];
  const rewrites = (options?.platforms?.length ?? 0) > 0 && options?.index !== 'sparse';
  return (
    <>
      {rewrites && (
        <p className={classes.quiet} data-testid="digest-changes">
          {t('transfers.digestChanges')}
        </p>
      )}
      {warnings
        .filter(({ count }) => count > 0)
        .map(({ name, text }) => (
          <Alert
            key={name}
            className={classes.notice ?? ''}
            color="yellow"
            icon={<IconAlertTriangle size={18} />}
            data-testid={name}
          >
            {text}
          </Alert>
        ))}
    </>
  );
}
