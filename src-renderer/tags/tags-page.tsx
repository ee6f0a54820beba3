import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconTagOff } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { ListCount } from '../lists/list-count.tsx';
import classes from '../lists/list-page.module.css';
import { ListProblem } from '../lists/list-problem.tsx';
import { byCodeUnit } from '../lists/natural-order.ts';
import { PinButton } from '../pins/pin-button.tsx';
import { PushButton } from '../push/push-button.tsx';
import { SelectMenu } from '../selection/select-menu.tsx';
import { RepositorySize } from '../storage/repository-size.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { failureOf } from '../ui/failure.ts';
import { FilterInput } from '../ui/filter-input.tsx';
import { NoMatch } from '../ui/no-match.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RefreshButton } from '../ui/refresh-button.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { useTagColumns } from './columns.tsx';
import { DetailsNote } from './details-note.tsx';
import { OrderMenu } from './order-menu.tsx';
import { refreshTags, tagQueries } from './queries.ts';
import { type Change, TagChanges } from './tag-changes.tsx';
import { type OpenMenu, TagMenu } from './tag-menu.tsx';
import { filterTags, type TagRow, TagRowJoiner } from './tag-rows.ts';
import { TagSelectionBar } from './tag-selection-bar.tsx';
import { useSelectedTags } from './use-selected-tags.ts';
import { useTagDetails } from './use-tag-details.ts';
import { useTagSort } from './use-tag-sort.ts';
import { useWantedDetails } from './use-wanted-details.ts';

const route = getRouteApi('/registries/$accountId/tags');

const nameOf = (row: TagRow) => row.name;
const choosableOf = ({ name, details }: TagRow) => ({
  name,
  digest: details?.digest,
  created: details?.created,
});

export function TagsPage() {
  const { accountId } = route.useParams();
  const { repository } = route.useSearch();
  return <Tags key={`${accountId} ${repository}`} accountId={accountId} repository={repository} />;
}

function Tags({ accountId, repository }: { accountId: string; repository: string }) {
  const { filter = '' } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const client = useQueryClient();
  const account = useAccount(accountId);
  const [menu, setMenu] = useState<OpenMenu>();
  const [change, setChange] = useState<Change>();

  const list = useQuery(tagQueries.list({ accountId, repository }));
  const [sort, setSort] = useTagSort();
  const isSorted = sort !== undefined;
  const names = useMemo(
    // The registry's order is the order of arrival. Otherwise names come in their natural order: sorting what is in order
    // already costs next to nothing each time details arrive.
    () => (isSorted ? list.data?.rows.toSorted((a, b) => byCodeUnit(a.key, b.key)) : list.data?.rows),
    [list.data, isSorted],
  );
  const wanted = useWantedDetails(names);
  const known = useTagDetails(accountId, repository, wanted.names);
  const joiner = useRef<TagRowJoiner>(undefined);
  joiner.current ??= new TagRowJoiner();
  const rows = useMemo(() => joiner.current?.join(names ?? [], known.answers) ?? [], [names, known.answers]);
  const shown = useMemo(() => filterTags(rows, filter), [rows, filter]);
  const answered = useMemo(() => rows.filter((row) => row.details || row.failure).length, [rows]);
  const [selected, setSelected] = useSelectedTags(list.data);

  const setFilter = useCallback(
    (value: string) =>
      void navigate({ search: (before) => ({ ...before, filter: value || undefined }), replace: true }),
    [navigate],
  );
  const open = useCallback(
    (row: TagRow) =>
      void navigate({
        to: '/registries/$accountId/image',
        params: { accountId },
        search: { repository, reference: row.name },
      }),
    [navigate, accountId, repository],
  );
  const openMenu = useCallback((row: TagRow, button: HTMLElement) => setMenu({ row, button }), []);
  const narrow = useMediaQuery('(max-width: 1100px)', false, { getInitialValueInEffect: false });
  const columns = useTagColumns(
    useMemo(() => ({ accountId, repository }), [accountId, repository]),
    openMenu,
    narrow,
  );

  const locked = account?.readOnly ? t('tags.readOnly') : undefined;
  const loading = !list.data?.complete && list.isFetching;
  // Also after the last tag was deleted: the rows read before are no longer true.
  const gone = list.isError && failureOf(list.error).code === 'notFound';
  return (
    <Page>
      <PageHeader
        title={repository}
        beside={<PinButton place={{ accountId, repository }} />}
        breadcrumbs={[
          { label: account?.name ?? '', link: { to: '/registries/$accountId', params: { accountId } } },
          { label: repository },
        ]}
        meta={<RepositorySize place={{ accountId, repository }} />}
        actions={
          <>
            <RefreshButton
              busy={list.isFetching && !list.isPending}
              onClick={() => refreshTags(client, { accountId, repository })}
            />
            <SyncButton accountId={accountId} repository={repository} />
            <PushButton accountId={accountId} repository={repository} locked={locked} />
          </>
        }
      />
      {gone && (
        <EmptyState
          icon={<IconTagOff size={24} />}
          title={t('tags.goneTitle')}
          action={
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/registries/$accountId" params={{ accountId }} {...props} />}
            >
              {t('tags.backToRepositories')}
            </Button>
          }
        >
          {t('tags.goneHelp')}
        </EmptyState>
      )}
      {!gone && (
        <ListProblem
          query={list}
          seen={list.data?.seen}
          actions={<EditAccountButton accountId={accountId} />}
        />
      )}
      {list.isPending && <TableSkeleton rows={14} />}
      {list.data && !gone && !(list.isError && rows.length === 0) && (
        <>
          <div className={classes.bar}>
            <FilterInput value={filter} onChange={setFilter} aria-label={t('tags.filter')} />
            <OrderMenu sort={sort} onSort={setSort} narrow={narrow} />
            <ListCount
              words="tags"
              total={rows.length}
              matching={filter ? shown.length : undefined}
              loading={loading}
              seen={list.data.seen}
            />
            <SelectMenu
              shown={() => shown.map(choosableOf)}
              all={() => rows.map(choosableOf)}
              selected={selected}
              onSelect={setSelected}
              onLoadAll={wanted.all ? undefined : wanted.loadAll}
            />
          </div>
          <DetailsNote sort={sort} total={rows.length} known={answered} wanted={wanted} />
          <VirtualTable
            label={t('tags.tableLabel', { name: repository })}
            rows={shown}
            rowId={nameOf}
            rowName={nameOf}
            columns={columns}
            sort={sort}
            onSort={setSort}
            selected={selected}
            onSelect={setSelected}
            onOpen={open}
            onVisible={wanted.onVisible}
            busy={loading}
            empty={
              rows.length > 0 ? (
                <NoMatch title={t('tags.noMatchTitle')} onClear={() => setFilter('')}>
                  {t('tags.noMatchHelp', { filter })}
                </NoMatch>
              ) : (
                list.data.complete && (
                  <EmptyState icon={<IconTagOff size={24} />} title={t('tags.emptyTitle')}>
                    {t('tags.emptyHelp')}
                  </EmptyState>
                )
              )
            }
          />
          <TagSelectionBar
            accountId={accountId}
            repository={repository}
            place={`${account?.host ?? ''}/${repository}`}
            all={rows}
            shown={shown}
            filter={filter}
            selected={selected}
            locked={locked}
            onClear={() => setSelected(new Set())}
            onChange={setChange}
          />
        </>
      )}
      <TagMenu
        menu={menu}
        onClose={() => setMenu(undefined)}
        place={`${account?.host ?? ''}/${repository}`}
        locked={locked}
        onOpen={open}
        onRetag={({ name }) => setChange({ kind: 'retag', tags: [name] })}
        onCopyTo={({ name }) => setChange({ kind: 'copy', tags: [name] })}
        onSave={({ name }) => setChange({ kind: 'save', tags: [name] })}
        onDelete={({ name }) => setChange({ kind: 'delete', tags: [name] })}
      />
      <TagChanges
        place={{ accountId, repository }}
        host={account?.host ?? ''}
        change={change}
        onClose={() => setChange(undefined)}
      />
    </Page>
  );
}
