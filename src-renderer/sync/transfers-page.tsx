import { Button, Tabs } from '@mantine/core';
import { IconArrowsRightLeft, IconHistory, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { OPERATION_KINDS } from '../operation-kinds.ts';
import { operationQueries } from '../operations/queries.ts';
import { useLine } from '../operations/use-line.ts';
import { useOperationCommands } from '../operations/use-operation-commands.ts';
import { savedQueries } from '../saved/queries.ts';
import { SavedList } from '../saved/saved-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatCount } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { Begin } from './begin.tsx';
import classes from './pages.module.css';
import { TABS, type Tab } from './tabs.ts';
import { useTransferColumns } from './transfer-columns.tsx';
import { isUnfinished, mergeTransfers } from './transfer-list.ts';

const route = getRouteApi('/transfers');

const TRANSFERS = OPERATION_KINDS.filter(({ transfers }) => transfers).map(({ name }) => name);

const idOf = ({ id }: Operation) => id;

/** Copies and syncs that run, that are kept by name and that have ended. */
export function TransfersPage() {
  const { t, i18n } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const history = useInfiniteQuery(operationQueries.history(TRANSFERS));
  const saved = useQuery(savedQueries.list());
  const { data: watched } = useQuery(operationQueries.watched());
  const transfers = useMemo(
    () => mergeTransfers(history.data?.pages.flat() ?? [], watched),
    [history.data, watched],
  );
  const running = useMemo(() => transfers.filter(isUnfinished), [transfers]);
  const finished = useMemo(() => transfers.filter((each) => !isUnfinished(each)), [transfers]);
  const pending = history.isPending || saved.isPending;
  const nothing = !pending && !history.isError && transfers.length === 0 && saved.data?.length === 0;
  const tab = search.tab ?? (running.length > 0 ? 'running' : finished.length > 0 ? 'finished' : 'saved');
  const named = (name: Tab, count: number, more = false) =>
    t('transferPages.tab', {
      name: t(`transferPages.tabs.${name}`),
      count: `${formatCount(count, i18n.language)}${more ? '+' : ''}`,
    });
  return (
    <Page>
      <PageHeader
        title={t('transferPages.title')}
        meta={!nothing && t('transferPages.intro')}
        actions={!nothing && <NewTransfer />}
      />
      <ListProblem query={history} />
      <ListProblem query={saved} />
      {pending && <Waiting />}
      {nothing && <Begin />}
      {!pending && !nothing && (
        <Tabs
          value={tab}
          keepMounted={false}
          className={classes.tabs ?? ''}
          onChange={(next) =>
            void navigate({
              search: { tab: TABS.find((each) => each === next) },
              replace: true,
              resetScroll: false,
            })
          }
        >
          <Tabs.List aria-label={t('transferPages.tabsLabel')}>
            <Tabs.Tab value="running">{named('running', running.length)}</Tabs.Tab>
            <Tabs.Tab value="saved">{named('saved', saved.data?.length ?? 0)}</Tabs.Tab>
            <Tabs.Tab value="finished">{named('finished', finished.length, history.hasNextPage)}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="running" className={classes.panel ?? ''}>
            <Runs
              transfers={running}
              history={history}
              empty={
                <EmptyState
                  icon={<IconArrowsRightLeft size={24} />}
                  title={t('transferPages.noRunningTitle')}
                >
                  {t('transferPages.noRunningHelp')}
                </EmptyState>
              }
            />
          </Tabs.Panel>
          <Tabs.Panel value="saved" className={classes.panel ?? ''}>
            <SavedList saved={saved.data ?? []} />
          </Tabs.Panel>
          <Tabs.Panel value="finished" className={classes.panel ?? ''}>
            <Runs
              transfers={finished}
              history={history}
              empty={
                <EmptyState icon={<IconHistory size={24} />} title={t('transferPages.noFinishedTitle')}>
                  {t('transferPages.noFinishedHelp')}
                </EmptyState>
              }
            />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function Waiting() {
  const columns = useTransferColumns();
  return <TableSkeleton columns={columns} tableId="transfers" bar />;
}

function NewTransfer() {
  const { t } = useTranslation();
  return (
    <Button
      leftSection={<IconPlus size={14} />}
      renderRoot={(props) => <Link to="/transfers/new" {...props} />}
    >
      {t('transferPages.new')}
    </Button>
  );
}

interface RunsProps {
  transfers: readonly Operation[];
  empty: ReactNode;
  history: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

function Runs({ transfers, history, empty }: RunsProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const line = useLine();
  const columns = useTransferColumns();
  const commands = useOperationCommands();
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const onVisible = useCallback(
    (rows: readonly Operation[]) => {
      const atEnd = rows.at(-1)?.id === transfers.at(-1)?.id;
      if (atEnd && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [transfers, hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  return (
    <VirtualTable
      label={t('transferPages.tableLabel')}
      rows={transfers}
      rowId={idOf}
      rowName={line}
      columns={columns}
      commands={commands}
      tableId="transfers"
      onOpen={({ id }) => void navigate({ to: '/transfers/$operationId', params: { operationId: id } })}
      onVisible={onVisible}
      busy={isFetchingNextPage}
      empty={empty}
    />
  );
}
