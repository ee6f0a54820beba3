import { IconArrowBackUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer } from '../operation-kinds.ts';
import { OperationActions } from '../operations/operation-actions.tsx';
import { useLine } from '../operations/use-line.ts';
import { durationText, failedText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './activity.module.css';

/** The columns of the history; the same array until the language or a name changes. */
export function useActivityColumns(): readonly VirtualColumn<Operation>[] {
  const { t, i18n } = useTranslation();
  const line = useLine();
  return useMemo<readonly VirtualColumn<Operation>[]>(() => {
    const result = (operation: Operation) => {
      const { status, failure } = operation;
      const failed = failedText(t, i18n.language, operation);
      if (status !== 'failed') return t(`operations.status.${status}`);
      return failed ?? (failure ? t(`errors.${failure.code}.title`) : t('operations.status.failed'));
    };
    return [
      {
        id: 'started',
        header: t('activity.when'),
        width: 104,
        cell: ({ started }) => <RelativeTime value={started} />,
      },
      { id: 'subject', header: t('activity.what'), width: 220, grow: 4, text: line, cell: line },
      {
        id: 'status',
        header: t('activity.status'),
        width: 160,
        grow: 2,
        text: (operation) => (operation.undone ? undefined : result(operation)),
        cell: (operation) =>
          operation.undone ? (
            <Undone undone={operation.undone} words={t('activity.undone')} />
          ) : (
            <span className={classes.status}>
              <StatusIcon status={operation.status} />
              {result(operation)}
            </span>
          ),
      },
      {
        id: 'bytes',
        header: t('activity.bytes'),
        width: 76,
        align: 'end',
        usuallyHidden: true,
        cell: (operation) => isTransfer(operation) && <Bytes value={operation.progress.bytesSent} />,
      },
      {
        id: 'duration',
        header: t('activity.duration'),
        width: 84,
        align: 'end',
        cell: (operation) => durationText(t, operation),
      },
      {
        id: 'actions',
        header: '',
        width: 170,
        fixed: true,
        cell: (operation) => <OperationActions operation={operation} name={line(operation)} quiet />,
      },
    ];
  }, [t, i18n.language, line]);
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
