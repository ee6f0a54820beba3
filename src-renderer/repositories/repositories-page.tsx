import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconLock, IconPackageOff, IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { ListCount } from '../lists/list-count.tsx';
import classes from '../lists/list-page.module.css';
import { ListProblem } from '../lists/list-problem.tsx';
import { PushButton } from '../push/push-button.tsx';
import { storageQueries } from '../storage/queries.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { NoMatch } from '../ui/no-match.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RefreshButton } from '../ui/refresh-button.tsx';
import { formatSort, parseSort, type Sort } from '../ui/sort.ts';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { AddRepository } from './add-repository.tsx';
import { sortableColumns, useRepositoryColumns } from './columns.tsx';
import { repositoryKeys, repositoryQueries } from './queries.ts';
import { filterRepositories, type RepositoryList, type RepositoryRow } from './rows.ts';
import { SizedRows, sizeOf } from './sized-rows.ts';

const route = getRouteApi('/registries/$accountId/repositories');

const byName: Sort = { column: 'name', descending: false };

const isDefault = (sort: Sort | undefined) => sort?.column === byName.column && !sort.descending;

const nameOf = (row: RepositoryRow) => row.name;

export function RepositoriesPage() {
  const { accountId } = route.useParams();
  const { filter = '', sort: sortText } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const client = useQueryClient();
  const account = useAccount(accountId);
  const [adding, dialog] = useDisclosure(false);
  const list = useQuery(repositoryQueries.list(accountId));

  const sort = useMemo(() => parseSort(sortText, sortableColumns) ?? byName, [sortText]);
  const sizes = useQuery(storageQueries.sizes(accountId)).data;
  const joiner = useRef<SizedRows>(undefined);
  joiner.current ??= new SizedRows();
  const rows = useMemo(() => joiner.current?.join(list.data?.rows ?? [], sizes) ?? [], [list.data, sizes]);
  const shown = useMemo(() => filterRepositories(rows, filter), [rows, filter]);
  const widest = useMemo(
    () => [...(sizes?.values() ?? [])].reduce((most, { uniqueBytes }) => Math.max(most, uniqueBytes), 0),
    [sizes],
  );

  const isUnsized = useMemo(
    () => sizes !== undefined && rows.length > 0 && rows.every((row) => sizeOf(row) === undefined),
    [sizes, rows],
  );

  const setFilter = useCallback(
    (value: string) =>
      void navigate({ search: (before) => ({ ...before, filter: value || undefined }), replace: true }),
    [navigate],
  );
  const setSort = useCallback(
    (next: Sort | undefined) =>
      void navigate({
        search: (before) => ({ ...before, sort: isDefault(next) ? undefined : formatSort(next) }),
        replace: true,
      }),
    [navigate],
  );
  const open = useCallback(
    (repository: string) =>
      void navigate({ to: '/registries/$accountId/tags', params: { accountId }, search: { repository } }),
    [navigate, accountId],
  );
  const forget = useMutation(
    orpc.accounts.removeRepository.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
        void client.invalidateQueries({ queryKey: repositoryKeys.list(accountId) });
      },
      onError: toastFailure,
    }),
  ).mutate;
  const onForget = useCallback(
    (repository: string) => forget({ id: accountId, repository }),
    [forget, accountId],
  );
  const columns = useRepositoryColumns(accountId, onForget, widest);

  const name = account?.name ?? '';
  const addButton = (
    <Button variant="default" leftSection={<IconPlus size={14} />} onClick={dialog.open}>
      {t('repositories.add')}
    </Button>
  );
  return (
    <Page>
      <PageHeader
        title={t('repositories.title')}
        breadcrumbs={[
          { label: name, link: { to: '/registries/$accountId', params: { accountId } } },
          { label: t('repositories.title') },
        ]}
        actions={
          <>
            <RefreshButton busy={list.isFetching && !list.isPending} onClick={() => void list.refetch()} />
            {addButton}
            <PushButton accountId={accountId} locked={account?.readOnly ? t('tags.readOnly') : undefined} />
          </>
        }
      />
      <ListProblem
        query={list}
        seen={list.data?.seen}
        actions={<EditAccountButton accountId={accountId} />}
      />
      {list.isPending && <TableSkeleton rows={14} />}
      {list.data && !(list.isError && list.data.rows.length === 0) && (
        <>
          {list.data.listing !== 'complete' && list.data.rows.length > 0 && (
            <div className={classes.note}>
              {t(
                list.data.listing === 'incomplete'
                  ? 'repositories.unusableNotice'
                  : 'repositories.partialNotice',
              )}
            </div>
          )}
          <div className={classes.bar}>
            <FilterInput value={filter} onChange={setFilter} aria-label={t('repositories.filter')} />
            <ListCount
              words="repositories"
              total={list.data.rows.length}
              matching={filter ? shown.length : undefined}
              loading={!list.data.complete && list.isFetching}
              seen={list.data.seen}
            />
            {isUnsized && (
              <Link to="/registries/$accountId/storage" params={{ accountId }} className={classes.link}>
                {t('repositories.unsized')}
              </Link>
            )}
          </div>
          <VirtualTable
            label={t('repositories.tableLabel', { name })}
            rows={shown}
            rowId={nameOf}
            rowName={nameOf}
            columns={columns}
            sort={sort}
            onSort={setSort}
            onOpen={(row) => !row.unusable && open(row.name)}
            busy={!list.data.complete && list.isFetching}
            empty={
              <Empty list={list.data} filter={filter} onClear={() => setFilter('')} action={addButton} />
            }
          />
        </>
      )}
      <AddRepository accountId={accountId} opened={adding} onClose={dialog.close} onAdded={open} />
    </Page>
  );
}

interface EmptyProps {
  list: RepositoryList;
  filter: string;
  onClear: () => void;
  action: React.ReactNode;
}

function Empty({ list, filter, onClear, action }: EmptyProps) {
  const { t } = useTranslation();
  if (list.rows.length > 0) {
    return (
      <NoMatch title={t('repositories.noMatchTitle')} onClear={onClear}>
        {t('repositories.noMatchHelp', { filter })}
      </NoMatch>
    );
  }
  if (!list.complete) return null;
  if (list.listing === 'complete' || list.listing === 'incomplete') {
    return (
      <EmptyState icon={<IconPackageOff size={24} />} title={t('repositories.emptyTitle')}>
        {t('repositories.emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconLock size={24} />} title={t(`repositories.${list.listing}Title`)} action={action}>
      {t(`repositories.${list.listing}Help`)}
    </EmptyState>
  );
}
