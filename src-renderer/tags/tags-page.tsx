import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useLockReason } from '../accounts/lock.ts';
import { useAccount } from '../accounts/queries.ts';
import { ListCount } from '../lists/list-count.tsx';
import listClasses from '../lists/list-page.module.css';
import { ListProblem } from '../lists/list-problem.tsx';
import { PinButton } from '../pins/pin-button.tsx';
import { PushButton } from '../push/push-button.tsx';
import { downloadText } from '../saving/download-text.ts';
import { fileNameOf } from '../saving/file-name.ts';
import { SelectMenu } from '../selection/select-menu.tsx';
import { useArmed } from '../selection/use-armed.ts';
import { RepositorySize } from '../storage/repository-size.tsx';
import { SyncButton } from '../sync/sync-button.tsx';
import { failureOf } from '../ui/failure.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RefreshButton } from '../ui/refresh-button.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import { type ContextPoint, VirtualTable } from '../ui/virtual-table.tsx';
import { nameOf, useTagColumns } from './columns.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterNotes } from './filter-notes.tsx';
import { ImageTagsMenu } from './image-tags-menu.tsx';
import { choosableOf, knownOf } from './known-tag.ts';
import { GoneRepository, NoMatchingTag, NoTags } from './no-tags.tsx';
import { refreshTags, tagQueries } from './queries.ts';
import { selectionOfRows, selectRows } from './row-selection.ts';
import { SelectedTags } from './selected-tags.ts';
import { type Change, TagChanges } from './tag-changes.tsx';
import { toCsv } from './tag-export.ts';
import { TagFacts } from './tag-facts.tsx';
import { type OpenMenu, TagMenu } from './tag-menu.tsx';
import type { TagRow } from './tag-rows.ts';
import { TagSelectionBar } from './tag-selection-bar.tsx';
import { NoUntagged, UntaggedNote } from './untagged.tsx';
import { useArrangedTags } from './use-arranged-tags.ts';
import { useAutoRefresh } from './use-auto-refresh.ts';
import { useComparing } from './use-comparing.ts';
import { useGrouping } from './use-grouping.ts';
import { useSelectedTags } from './use-selected-tags.ts';
import { useTagDrag } from './use-tag-drag.ts';
import { useTagLinks } from './use-tag-links.ts';
import { useTagSort } from './use-tag-sort.ts';
import { ViewMenu } from './view-menu.tsx';

const route = getRouteApi('/registries/$accountId/tags');

const NONE: readonly string[] = [];

const idOf = (row: TagRow) => row.id;

/** A tag's row merges into that of its image once that is known, and is its own again in the flat list. */
const isOn = ({ tags, details }: TagRow, goneId: string) =>
  details?.digest === goneId || tags.some(({ name }) => name === goneId);

export function TagsPage() {
  const { accountId } = route.useParams();
  const { repository } = route.useSearch();
  return <Tags key={`${accountId} ${repository}`} accountId={accountId} repository={repository} />;
}

function Tags({ accountId, repository }: RepositoryPlace) {
  const { filter = '', attached } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const client = useQueryClient();
  const account = useAccount(accountId);
  const [menu, setMenu] = useState<OpenMenu>();
  const [imageMenu, setImageMenu] = useState<OpenMenu>();
  const [change, setChange] = useState<Change>();
  const [view, setView] = useGrouping();
  const { asListed, sortOf, setSort } = useTagSort();
  const withAttached = attached === 'shown';

  const list = useQuery(tagQueries.list({ accountId, repository }));
  const { arranged, changes, notes, parsed, untagged, onVisible, ...reading } = useArrangedTags(
    { accountId, repository },
    { list: list.data, asListed, withAttached, view, filter, sortOf },
  );
  const { names, described, readsAll, grouped, rows, passed, isPushed, sort } = arranged;
  const total = names.length;
  /** What the rows in view were picked by, which the field may be ahead of. */
  const looked = arranged.filter.typed;
  const [selected, setSelected] = useSelectedTags(list.data, untagged.data);
  const isChosen = selected.size > 0;
  const armed = useArmed(
    selected,
    // What the switch hides is not shown either.
    withAttached || described.attachedCount === 0 ? looked : `${looked} attached:hidden`,
    useMemo(() => (isChosen ? knownOf(passed).map(({ name }) => name) : NONE), [passed, isChosen]),
  );
  const inRows = useMemo(() => selectionOfRows(passed, selected), [passed, selected]);

  const search = useCallback(
    (next: { filter?: string | undefined; attached?: 'shown' | undefined; view?: 'images' | 'tags' }) =>
      void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false }),
    [navigate],
  );
  const setFilter = useCallback((value: string) => search({ filter: value || undefined }), [search]);
  const links = useTagLinks({ accountId, repository });
  const toggle = useCallback(
    (name: string) =>
      setSelected((before) => {
        const next = new Set(before);
        if (!next.delete(name)) next.add(name);
        return next;
      }),
    [setSelected],
  );
  const openMenu = useCallback((row: TagRow, at: HTMLElement | ContextPoint) => {
    // A right click on a tag is about that one.
    const pointed =
      at instanceof HTMLElement
        ? undefined
        : document.elementFromPoint(at.x, at.y)?.closest<HTMLElement>('[data-tag]')?.dataset.tag;
    setMenu({ row, at, tags: pointed === undefined ? row.tags.map(({ name }) => name) : [pointed] });
  }, []);
  const openImage = useCallback(
    (row: TagRow, at: HTMLElement) => setImageMenu({ row, at, tags: row.image.map(({ name }) => name) }),
    [],
  );
  const { drag, dragTag } = useTagDrag({ place: { accountId, repository }, host: account?.host, armed });
  const { compare, dropTag } = useComparing({ accountId, repository });
  const narrow = useNarrow();
  const columns = useTagColumns({
    hrefOf: links.hrefOf,
    onOpen: links.open,
    onToggle: toggle,
    onMore: openImage,
    onDrag: dragTag,
    onDrop: dropTag,
    onMenu: openMenu,
    grouped,
    narrow,
    isPushed,
    notes,
    onFindings: links.openFindings,
  });
  const refresh = useCallback(
    () => refreshTags(client, { accountId, repository }),
    [client, accountId, repository],
  );
  const [autoRefresh, setAutoRefresh] = useAutoRefresh(refresh);

  const place = `${account?.host ?? ''}/${repository}`;
  const locked = useLockReason()(account);
  const loading = list.data?.complete ? !arranged.isComplete : list.isFetching;
  // Also after the last tag was deleted: the rows read before are no longer true.
  const gone = list.isError && failureOf(list.error).code === 'notFound';
  return (
    <Page>
      <PageHeader
        title={repository}
        beside={<PinButton place={{ accountId, repository }} />}
        breadcrumbs={[
          { label: account?.name ?? '', link: { to: '/registries/$accountId', params: { accountId } } },
        ]}
        busy={list.isPending}
        meta={
          list.data &&
          // Nothing that was read yet is not known to be none.
          (arranged.isComplete || total > 0) &&
          !gone && (
            <>
              <ListCount
                words="tags"
                total={total}
                matching={looked && !arranged.filter.untagged ? arranged.matching : undefined}
                loading={loading}
                // Else the line above the table says it.
                seen={list.isError ? undefined : list.data.seen}
              />
              <TagFacts
                counts={arranged.counts}
                total={total}
                known={arranged.answered}
                onLoadAll={readsAll ? undefined : reading.loadAll}
                onStop={reading.isAsked ? reading.stop : undefined}
                onRearrange={arranged.isHeld ? reading.release : undefined}
                changed={changes.of.size}
                onSeen={changes.forget}
              />
              <RepositorySize place={{ accountId, repository }} />
            </>
          )
        }
        actions={
          <>
            <RefreshButton busy={list.isFetching && !list.isPending} onClick={refresh} />
            <SyncButton accountId={accountId} repository={repository} />
            <PushButton accountId={accountId} repository={repository} locked={locked} />
          </>
        }
      />
      {gone && <GoneRepository accountId={accountId} repository={repository} />}
      {!gone && (
        <ListProblem
          query={list}
          seen={list.data?.seen}
          actions={<EditAccountButton accountId={accountId} />}
        />
      )}
      {!gone && !(list.isError && rows.length === 0) && (
        <>
          <div className={listClasses.bar}>
            <FilterBar
              filter={filter}
              onFilter={setFilter}
              view={view}
              onView={setView}
              withAttached={withAttached}
              onWithAttached={(on) => search({ attached: on ? 'shown' : undefined })}
              described={described}
              rows={rows}
            />
            <div className={listClasses.actions}>
              <SelectMenu
                shown={() => knownOf(passed).map(choosableOf)}
                all={() => knownOf(rows).map(choosableOf)}
                selected={selected}
                onSelect={(next) => setSelected(() => next)}
                onLoadAll={readsAll ? undefined : reading.loadAll}
              />
              <ViewMenu
                sort={sort}
                isPushed={isPushed}
                onSort={setSort}
                autoRefresh={autoRefresh}
                onAutoRefresh={setAutoRefresh}
                onExport={() =>
                  downloadText(
                    `${fileNameOf(place.replaceAll('/', '-'))}.csv`,
                    'text/csv',
                    toCsv(place, knownOf(passed)),
                  )
                }
              />
            </div>
          </div>
          <FilterNotes problems={parsed.problems} unlooked={arranged.unlooked} />
          {parsed.untagged && <UntaggedNote query={untagged} />}
          <SelectedTags value={selected}>
            <VirtualTable
              label={t('tags.tableLabel', { name: repository })}
              reuse
              tableId="tags"
              rows={arranged.shown}
              rowId={idOf}
              replaces={isOn}
              rowName={nameOf}
              columns={columns}
              sort={sort}
              onSort={setSort}
              filter={`${looked} ${view} ${withAttached}`}
              selected={inRows.whole}
              partly={inRows.partly}
              onSelect={(whole) => setSelected((before) => selectRows(passed, before, inRows, whole))}
              onOpen={(row) => links.open(nameOf(row))}
              onContext={openMenu}
              onVisible={onVisible}
              busy={loading || (parsed.untagged && untagged.isFetching)}
              empty={
                parsed.untagged && !untagged.data?.rows.length ? (
                  !untagged.isFetching && <NoUntagged query={untagged} />
                ) : total > 0 ? (
                  <NoMatchingTag filter={filter} onClear={() => setFilter('')} />
                ) : (
                  arranged.isComplete && <NoTags isLocked={locked !== undefined} />
                )
              }
            />
          </SelectedTags>
          <TagSelectionBar
            accountId={accountId}
            repository={repository}
            place={place}
            all={() => (parsed.untagged ? [...knownOf(rows), ...knownOf(passed)] : knownOf(rows))}
            armed={armed}
            onDrag={drag}
            locked={locked}
            onClear={() => setSelected(() => new Set())}
            onChange={setChange}
            onCompare={compare}
          />
        </>
      )}
      <TagMenu
        menu={menu}
        onClose={() => setMenu(undefined)}
        place={place}
        locked={locked}
        hrefOf={links.hrefOf}
        onOpen={links.open}
        onChange={setChange}
        onCompare={compare}
      />
      <ImageTagsMenu
        menu={imageMenu}
        selected={selected}
        onToggle={toggle}
        onList={(digest) => search({ view: 'tags', filter: `digest:${digest}` })}
        onClose={() => setImageMenu(undefined)}
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
