import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageDay, StorageScope } from '../../src-main/common/storage.ts';
import listClasses from '../lists/list-page.module.css';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { LinkButton } from '../ui/link-button.tsx';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { storageQueries } from './queries.ts';
import classes from './storage.module.css';

const HistoryChart = lazy(() =>
  import('./history-chart.tsx').then((module) => ({ default: module.HistoryChart })),
);

const dayOf = ({ day }: StorageDay) => day;

interface HistoryViewProps {
  scope: StorageScope;
  /** Shows the tags behind a day. */
  onOpen: (day: string) => void;
}

/** How the sums changed, on the days on which something was seen. */
export function HistoryView({ scope, onOpen }: HistoryViewProps) {
  const { t, i18n } = useTranslation();
  const history = useQuery(storageQueries.history(scope));
  const newestFirst = useMemo(() => history.data?.toReversed() ?? [], [history.data]);
  const columns = useMemo<readonly VirtualColumn<StorageDay>[]>(
    () => [
      {
        id: 'day',
        header: t('storage.day'),
        width: 120,
        grow: 1,
        cell: ({ day }) => <LinkButton onClick={() => onOpen(day)}>{day}</LinkButton>,
      },
      {
        id: 'unique',
        header: t('storage.unique'),
        width: 110,
        align: 'end',
        cell: ({ uniqueBytes }) => <Bytes value={uniqueBytes} />,
      },
      {
        id: 'referenced',
        header: t('storage.referenced'),
        width: 130,
        align: 'end',
        cell: ({ referencedBytes }) => <Bytes value={referencedBytes} />,
      },
      {
        id: 'tags',
        header: t('storage.tags'),
        width: 90,
        align: 'end',
        cell: ({ tags }) => formatCount(tags, i18n.language),
      },
    ],
    [t, i18n.language, onOpen],
  );
  if (history.error) return <ErrorPanel error={history.error} onRetry={() => void history.refetch()} />;
  return (
    <>
      {history.data?.length === 1 && <div className={listClasses.note}>{t('storage.historyBegins')}</div>}
      {history.data && history.data.length > 1 && (
        <div className={classes.chart}>
          <Suspense>
            <HistoryChart days={history.data} onOpen={onOpen} />
          </Suspense>
        </div>
      )}
      <VirtualTable
        label={t('storage.historyTable')}
        rows={newestFirst}
        rowId={dayOf}
        rowName={dayOf}
        columns={columns}
        onOpen={(item) => item && onOpen(item.day)}
        commands={({ day, uniqueBytes, referencedBytes, tags }) => [
          [openingRow(t, () => onOpen(day), t('commands.row.dayTags'))],
          [
            copyingOfRow(
              'sums',
              t('commands.row.copyText'),
              [day, uniqueBytes, referencedBytes, tags].join('\t'),
            ),
          ],
        ]}
        busy={history.isPending}
        empty={history.data && <p className={listClasses.none}>{t('storage.historyNone')}</p>}
      />
    </>
  );
}
