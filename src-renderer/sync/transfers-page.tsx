import { Button, Tabs } from '@mantine/core';
import { IconArrowsRightLeft, IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { OPERATION_KINDS } from '../operation-kinds.ts';
import { operationQueries } from '../operations/queries.ts';
import { useLine } from '../operations/use-line.ts';
import { savedQueries } from '../saved/queries.ts';
import { SavedList } from '../saved/saved-list.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './pages.module.css';
import { useTransferColumns } from './transfer-columns.tsx';
import { mergeTransfers } from './transfer-list.ts';

const route = getRouteApi('/transfers');

const TRANSFERS = OPERATION_KINDS.filter(({ transfers }) => transfers).map(({ name }) => name);

const idOf = ({ id }: Operation) => id;

/** Copies and synchronisations, running and finished, and the ones that are kept by name. */
export function TransfersPage() {
  const { t } = useTranslation();
  const { tab = 'runs' } = route.useSearch();
  const navigate = route.useNavigate();
  const history = useInfiniteQuery(operationQueries.history(TRANSFERS));
  const saved = useQuery(savedQueries.list());
  const { data: watched } = useQuery(operationQueries.watched());
  const transfers = useMemo(
    () => mergeTransfers(history.data?.pages.flat() ?? [], watched),
    [history.data, watched],
  );
  const pending = history.isPending || saved.isPending;
  const nothing = !pending && !history.isError && transfers.length === 0 && saved.data?.length === 0;
  return (
    <Page>
      <PageHeader
        title={t('transferPages.title')}
        meta={t('transferPages.intro')}
        actions={!nothing && <NewTransfer />}
      />
      <ListProblem query={history} />
      <ListProblem query={saved} />
      {pending && <TableSkeleton rows={10} />}
      {nothing && (
        <EmptyState
          icon={<IconArrowsRightLeft size={24} />}
          title={t('transferPages.emptyTitle')}
          action={<NewTransfer />}
        >
          {t('transferPages.emptyHelp')}
        </EmptyState>
      )}
      {!pending && !nothing && (
        <Tabs
          value={tab}
          keepMounted={false}
          className={classes.tabs ?? ''}
          onChange={(next) =>
            void navigate({ search: { tab: next === 'saved' ? 'saved' : undefined }, replace: true })
          }
        >
          <Tabs.List aria-label={t('transferPages.tabsLabel')}>
            <Tabs.Tab value="runs">{t('transferPages.tabs.runs')}</Tabs.Tab>
            <Tabs.Tab value="saved">
              {t('transferPages.tabs.saved', { count: saved.data?.length ?? 0 })}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="runs" className={classes.panel ?? ''}>
            <Runs transfers={transfers} history={history} />
          </Tabs.Panel>
          <Tabs.Panel value="saved" className={classes.panel ?? ''}>
            <SavedList saved={saved.data ?? []} />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
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
  history: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
}

function Runs({ transfers, history }: RunsProps) {
  const { t } = useTranslation();
  const navigate = route.useNavigate();
  const line = useLine();
  const columns = useTransferColumns();
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
      onOpen={({ id }) => void navigate({ to: '/transfers/$operationId', params: { operationId: id } })}
      onVisible={onVisible}
      busy={isFetchingNextPage}
      empty={
        <EmptyState icon={<IconArrowsRightLeft size={24} />} title={t('transferPages.noRunsTitle')}>
          {t('transferPages.noRunsHelp')}
        </EmptyState>
      }
    />
  );
}
