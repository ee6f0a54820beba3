import { IconHistory } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryRow } from '../../src-main/common/audit.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import type { PagedRow } from '../lists/paged-rows.ts';
import { usePagedRows } from '../lists/use-paged-rows.ts';
import { operationQueries } from '../operations/queries.ts';
import { isLive } from '../operations/snapshots.ts';
import { useOperationCommands } from '../operations/use-operation-commands.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount } from '../ui/format.ts';
import { NoMatch } from '../ui/no-match.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { copyingOfRow, openingRow, type RowCommands } from '../ui/row-commands.tsx';
import { StatusText } from '../ui/status-text.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { ActivityDetails } from './activity-details.tsx';
import { useActivityColumns } from './columns.tsx';
import { ExportButton } from './export-button.tsx';
import { type ActivitySearch, auditFilterOf } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { OwnChangeDetails } from './own-change-details.tsx';
import { activityQueries, readHistoryAgain } from './queries.ts';
import { useChangeLine } from './use-live.ts';
import { VerifyButton } from './verify-button.tsx';

const route = getRouteApi('/activity');

type Row = PagedRow<HistoryRow>;

const rowId = ({ item, position }: Row) => (item ? String(item.sequence) : `#${position}`);

/** Every change that was made, by whom, and what became of it. */
export function ActivityPage() {
  const { operation: opened, entry, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const { t, i18n } = useTranslation();
  const { filter: text, kind, result, registry, user, since, until } = search;
  const filter = useMemo(
    () => auditFilterOf({ filter: text, kind, result, registry, user, since, until }),
    [text, kind, result, registry, user, since, until],
  );
  const isFiltered = Object.keys(filter).length > 0;
  const list = JSON.stringify(filter);
  const { rows, onVisible, isPending, isReading } = usePagedRows(list, (page) =>
    activityQueries.page(filter, page),
  );
  const all = useQuery(activityQueries.total());
  const columns = useActivityColumns();
  const line = useChangeLine();
  const operationCommands = useOperationCommands();
  useNews();

  const change = useCallback(
    (next: ActivitySearch) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const clear = () => void navigate({ search: {}, replace: true, resetScroll: false });
  const open = ({ item }: Row) => {
    if (!item) return;
    const which = item.operation ? { operation: item.operation.id } : { entry: item.sequence };
    void navigate({ search: (before) => ({ ...before, ...which }) });
  };
  const commandsOf: RowCommands<Row> = (row) => {
    if (!row.item) return [];
    const { operation } = row.item;
    // What began no operation is an entry of its own.
    return operation
      ? operationCommands(operation)
      : [
          [openingRow(t, () => open(row), t('commands.row.show'))],
          [copyingOfRow('text', t('commands.row.copyText'), line(row.item))],
        ];
  };
  const close = () =>
    void navigate({
      search: ({ operation: _operation, entry: _entry, ...before }) => before,
      replace: true,
      resetScroll: false,
    });
  const total = all.data ?? 0;
  const format = (count: number) => formatCount(count, i18n.language);
  return (
    <Page>
      <PageHeader
        title={t('activity.title')}
        meta={t('activity.intro')}
        actions={
          <>
            <VerifyButton />
            <ExportButton filter={filter} disabled={total === 0} />
          </>
        }
      />
      <ListProblem query={all} />
      {all.isPending && <TableSkeleton columns={columns} tableId="history" bar />}
      {all.data === 0 && (
        <EmptyState icon={<IconHistory size={24} />} title={t('activity.emptyTitle')}>
          {t('activity.emptyHelp')}
        </EmptyState>
      )}
      {total > 0 && (
        <>
          <FilterBar search={search} onChange={change}>
            <StatusText>
              {isFiltered
                ? t('activity.matching', {
                    count: rows.length,
                    formatted: format(rows.length),
                    total: format(total),
                  })
                : t('activity.shown', { count: total, formatted: format(total) })}
            </StatusText>
          </FilterBar>
          <VirtualTable
            label={t('activity.tableLabel')}
            rows={rows}
            rowId={rowId}
            rowName={({ item }) => (item ? line(item) : '')}
            columns={columns}
            commands={commandsOf}
            tableId="history"
            filter={list}
            onOpen={open}
            onVisible={onVisible}
            busy={isPending || isReading}
            empty={
              !isPending && (
                <NoMatch title={t('activity.noMatchTitle')} onClear={clear}>
                  {t('activity.noMatchHelp')}
                </NoMatch>
              )
            }
          />
        </>
      )}
      <ActivityDetails id={opened} onClose={close} />
      <OwnChangeDetails sequence={entry} onClose={close} />
    </Page>
  );
}

/** Reads again when an operation begins; what ended is read again by the window. */
function useNews(): void {
  const client = useQueryClient();
  const { data: watched } = useQuery(operationQueries.watched());
  const live = [...(watched?.values() ?? [])]
    .filter(({ status }) => isLive(status))
    .map(({ id }) => id)
    .join();
  const before = useRef(live);
  useEffect(() => {
    if (before.current === live) return;
    before.current = live;
    readHistoryAgain(client);
  }, [live, client]);
}
