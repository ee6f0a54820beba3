import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, lineOf } from '../operation-kinds.ts';
import { durationText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './activity.module.css';

/** The columns of the history; the same array until the language changes. */
export function useActivityColumns(): readonly VirtualColumn<Operation>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'started',
        header: t('activity.when'),
        width: 104,
        cell: ({ started }) => <RelativeTime value={started} />,
      },
      {
        id: 'subject',
        header: t('activity.what'),
        width: 220,
        grow: 4,
        text: (operation) => lineOf(t, operation),
        cell: (operation) => lineOf(t, operation),
      },
      {
        id: 'status',
        header: t('activity.status'),
        width: 140,
        grow: 1,
        text: ({ failure }) => failure && t(`errors.${failure.code}.title`),
        cell: ({ status, failure }) => (
          <span className={classes.status}>
            <StatusIcon status={status} />
            {failure && status === 'failed'
              ? t(`errors.${failure.code}.title`)
              : t(`operations.status.${status}`)}
          </span>
        ),
      },
      {
        id: 'bytes',
        header: t('activity.bytes'),
        width: 76,
        align: 'end',
        cell: (operation) => isTransfer(operation) && <Bytes value={operation.progress.bytesSent} />,
      },
      {
        id: 'duration',
        header: t('activity.duration'),
        width: 84,
        align: 'end',
        cell: (operation) => durationText(t, operation),
      },
    ],
    [t],
  );
}
