import { IconArrowBackUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../src-main/common/audit.ts';
import type { Operation } from '../../src-main/common/operation.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { isTransfer } from '../operation-kinds.ts';
import { OperationActions } from '../operations/operation-actions.tsx';
import { durationText, failedText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './activity.module.css';
import { useChangeLine, useLive } from './use-live.ts';

/** The columns of the history; the same array until the language or a name changes. */
export function useActivityColumns(): readonly VirtualColumn<PagedRow<HistoryRow>>[] {
  const { t } = useTranslation();
  const result = useResult();
  const line = useChangeLine();
  const narrow = useNarrow();
  return useMemo<readonly VirtualColumn<PagedRow<HistoryRow>>[]>(
    () => [
      {
        id: 'started',
        header: t('activity.when'),
        width: 104,
        cell: ({ item }) => item && <RelativeTime value={item.at} />,
      },
      {
        id: 'subject',
        header: t('activity.what'),
        width: 220,
        grow: 4,
        text: ({ item }) => item && line(item),
        cell: ({ item }) => item && <Line row={item} />,
      },
      {
        id: 'user',
        header: t('activity.who'),
        width: 84,
        usuallyHidden: narrow,
        text: ({ item }) => item?.user,
        cell: ({ item }) => item?.user,
      },
      {
        id: 'registry',
        header: t('activity.registry'),
        width: 120,
        usuallyHidden: true,
        text: ({ item }) => item?.registry ?? undefined,
        cell: ({ item }) => item?.registry,
      },
      {
        id: 'status',
        header: t('activity.status'),
        width: 160,
        grow: 2,
        text: ({ item }) => (!item?.operation || item.operation.undone ? undefined : result(item.operation)),
        cell: ({ item }) => item && <Result row={item} />,
      },
      {
        id: 'bytes',
        header: t('activity.bytes'),
        width: 76,
        align: 'end',
        usuallyHidden: true,
        cell: ({ item }) =>
          item && (
            <OfOperation row={item}>
              {(operation) => isTransfer(operation) && <Bytes value={operation.progress.bytesSent} />}
            </OfOperation>
          ),
      },
      {
        id: 'duration',
        header: t('activity.duration'),
        width: 84,
        align: 'end',
        usuallyHidden: narrow,
        cell: ({ item }) =>
          item && <OfOperation row={item}>{(operation) => durationText(t, operation)}</OfOperation>,
      },
      {
        id: 'actions',
        header: '',
        width: 170,
        fixed: true,
        cell: ({ item }) =>
          item && (
            <OfOperation row={item}>
              {(operation) => <OperationActions operation={operation} name={line(item)} quiet />}
            </OfOperation>
          ),
      },
    ],
    [t, line, result, narrow],
  );
}

/** Rows are recorded as they began; what they are this moment is drawn. */
function OfOperation({ row, children }: { row: HistoryRow; children: (operation: Operation) => ReactNode }) {
  const operation = useLive(row);
  return operation && children(operation);
}

function Line({ row }: { row: HistoryRow }) {
  const line = useChangeLine();
  const operation = useLive(row);
  return line(operation ? { ...row, operation } : row);
}

function useResult(): (operation: Operation) => string {
  const { t, i18n } = useTranslation();
  return useMemo(
    () => (operation) => {
      const { status, failure } = operation;
      if (status !== 'failed') return t(`operations.status.${status}`);
      const failed = failedText(t, i18n.language, operation);
      return failed ?? (failure ? failureTitle(t, failure) : t('operations.status.failed'));
    },
    [t, i18n.language],
  );
}

function Result({ row }: { row: HistoryRow }) {
  const { t } = useTranslation();
  const result = useResult();
  const operation = useLive(row);
  if (operation?.undone) return <Undone undone={operation.undone} words={t('activity.undone')} />;
  // What is none is recorded as it is done; of an operation without its journal nothing is known.
  const status = operation?.status ?? (row.event === 'started' ? undefined : 'done');
  if (status === undefined) return t('activity.unknown');
  return (
    <span className={classes.status}>
      <StatusIcon status={status} />
      {operation ? result(operation) : t('operations.status.done')}
    </span>
  );
}

/** In place of how it ended: it was taken back, by the operation to which this leads. */
function Undone({ undone, words }: { undone: NonNullable<Operation['undone']>; words: string }) {
  const tabIndex = useTabIndex();
  return (
    <Link
      className={classes.undone}
      to="/activity"
      search={(before) => ({ ...before, operation: undone.by })}
      tabIndex={tabIndex}
      data-undone-by={undone.by}
    >
      <IconArrowBackUp size={16} aria-hidden />
      {words}
    </Link>
  );
}
