import { Progress } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { useAccountName } from '../accounts/queries.ts';
import { shownSubject } from '../operation-kinds.ts';
import { OperationActions } from '../operations/operation-actions.tsx';
import { isLive, shareDone } from '../operations/snapshots.ts';
import { useLine } from '../operations/use-line.ts';
import { failedText, remainingText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './pages.module.css';

/** The columns of the list of transfers; the same array until the language changes. */
export function useTransferColumns(): readonly VirtualColumn<Operation>[] {
  const { t } = useTranslation();
  const name = useAccountName();
  const line = useLine();
  return useMemo<readonly VirtualColumn<Operation>[]>(() => {
    return [
      {
        id: 'subject',
        header: t('transferPages.what'),
        width: 100,
        grow: 4,
        text: (operation) => shownSubject(operation).transfer?.what(t),
        cell: (operation) => shownSubject(operation).transfer?.what(t),
      },
      {
        id: 'way',
        header: t('transferPages.way'),
        width: 136,
        grow: 3,
        text: (operation) => shownSubject(operation).transfer?.way(name),
        cell: (operation) => shownSubject(operation).transfer?.way(name),
      },
      {
        id: 'progress',
        header: t('transferPages.state'),
        width: 116,
        grow: 2,
        text: ({ failure }) => failure && failureTitle(t, failure),
        cell: (operation) => <ProgressCell operation={operation} name={line(operation)} />,
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
        align: 'end',
        cell: (operation) => <OperationActions operation={operation} name={line(operation)} />,
      },
    ];
  }, [t, name, line]);
}

/** A bar with rate and time left while it runs, else how it ended. */
function ProgressCell({ operation, name }: { operation: Operation; name: string }) {
  const { t, i18n } = useTranslation();
  const { status, failure, progress } = operation;
  if (!isLive(status)) {
    return (
      <span className={classes.state} data-status={status}>
        <StatusIcon status={status} />
        {failure && status === 'failed'
          ? (failedText(t, i18n.language, operation) ?? failureTitle(t, failure))
          : t(`operations.status.${status}`)}
      </span>
    );
  }
  const share = shareDone(operation);
  const facts = [
    status === 'queued' && t('operations.status.queued'),
    formatPercent(share, i18n.language),
    progress.rate > 0 && t('operations.rate', { rate: formatBytes(progress.rate) }),
    progress.remaining !== undefined && remainingText(t, progress.remaining),
  ].filter((fact) => fact !== false);
  return (
    <span className={classes.running} data-status={status}>
      <Progress.Root size={6}>
        <Progress.Section value={share * 100} aria-label={t('operations.progressLabel', { name })} />
      </Progress.Root>
      <span className={classes.facts}>{facts.join(' · ')}</span>
    </span>
  );
}
