import { Progress } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { useAccountName } from '../accounts/queries.ts';
import { lineOf, shownSubject } from '../operation-kinds.ts';
import { OperationActions } from '../operations/operation-actions.tsx';
import { isLive, shareDone } from '../operations/snapshots.ts';
import { remainingText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatBytes } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './pages.module.css';

/** The columns of the list of transfers; the same array until the language changes. */
export function useTransferColumns(): readonly VirtualColumn<Operation>[] {
  const { t } = useTranslation();
  const name = useAccountName();
  return useMemo<readonly VirtualColumn<Operation>[]>(() => {
    return [
      {
        id: 'subject',
        header: t('transferPages.what'),
        width: 110,
        grow: 4,
        text: (operation) => shownSubject(operation).transfer?.what(t),
        cell: (operation) => shownSubject(operation).transfer?.what(t),
      },
      {
        id: 'way',
        header: t('transferPages.way'),
        width: 100,
        grow: 3,
        text: (operation) => shownSubject(operation).transfer?.way(name),
        cell: (operation) => shownSubject(operation).transfer?.way(name),
      },
      {
        id: 'progress',
        header: t('transferPages.state'),
        width: 130,
        grow: 2,
        text: ({ failure }) => failure && t(`errors.${failure.code}.title`),
        cell: (operation) => <ProgressCell operation={operation} />,
      },
      {
        id: 'sent',
        header: t('activity.bytes'),
        width: 70,
        align: 'end',
        cell: ({ progress }) => <Bytes value={progress.bytesSent} />,
      },
      {
        id: 'started',
        header: t('activity.started'),
        width: 86,
        cell: ({ started }) => <RelativeTime value={started} />,
      },
      {
        id: 'actions',
        header: '',
        width: 140,
        cell: (operation) => <OperationActions operation={operation} name={lineOf(t, operation)} />,
      },
    ];
  }, [t, name]);
}

/** A bar with rate and time left while it runs, else how it ended. */
function ProgressCell({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { status, failure, progress } = operation;
  if (!isLive(status)) {
    return (
      <span className={classes.state} data-status={status}>
        <StatusIcon status={status} />
        {failure && status === 'failed'
          ? t(`errors.${failure.code}.title`)
          : t(`operations.status.${status}`)}
      </span>
    );
  }
  const percent = Math.round(shareDone(operation) * 100);
  const facts = [
    status === 'queued' && t('operations.status.queued'),
    `${percent} %`,
    progress.rate > 0 && t('operations.rate', { rate: formatBytes(progress.rate) }),
    progress.remaining !== undefined && remainingText(t, progress.remaining),
  ].filter((fact) => fact !== false);
  return (
    <span className={classes.running} data-status={status}>
      <Progress.Root size={6}>
        <Progress.Section
          value={percent}
          aria-label={t('operations.progressLabel', { name: lineOf(t, operation) })}
        />
      </Progress.Root>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </span>
  );
}
