import { getRouteApi } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Account } from '../../src-main/common/account.ts';
import { below, type Point } from '../commands/context-menu.tsx';
import { ListCount } from '../lists/list-count.tsx';
import listClasses from '../lists/list-page.module.css';
import { useArmed } from '../selection/use-armed.ts';
import { FilterChip } from '../ui/filter-chip.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import { formatSort, parseSort, type Sort } from '../ui/sort.ts';
import { StatusText } from '../ui/status-text.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import { useRemembered } from '../ui/use-remembered.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { chosenAfter, shownChoice } from './chosen.ts';
import { useRepositoryColumns } from './columns.tsx';
import { EmptyRepositories } from './empty-repositories.tsx';
import { REPOSITORY_FILTERS, type RepositoryFilter } from './filters.ts';
import { sortableColumns } from './order.ts';
import classes from './repositories.module.css';
import { type OpenRepositoryMenu, RepositoryMenu } from './repository-menu.tsx';
import { RepositorySelection } from './repository-selection.tsx';
import type { RepositoryList } from './rows.ts';
import { lookedFor } from './shown.ts';
import { isGroup, type ListedRow } from './tree.ts';
import { useShownRepositories } from './use-shown-repositories.ts';

const DeleteRepositories = lazy(() =>
  import('../deletion/delete-repositories.tsx').then((dialog) => ({ default: dialog.DeleteRepositories })),
);

const route = getRouteApi('/registries/$accountId/');

const byName = { column: 'name', descending: false } as const;

const idOf = (row: ListedRow) => (isGroup(row) ? row.id : row.name);
const titleOf = (row: ListedRow) => (isGroup(row) ? `${row.namespace}/` : row.name);

const viewSchema = z.enum(['tree', 'list']);
const closedSchema = z.array(z.string());
const NONE: string[] = [];

export interface RepositoryTableProps {
  account: Account;
  list: RepositoryList;
  isLoading: boolean;
  onOpen: (repository: string) => void;
  /** Opens the dialog that adds a repository by name. */
  onAdd: () => void;
  /** Below the rows: what comes late there moves none. */
  children: ReactNode;
}

/** The repositories of a registry by namespace or in one list, with what is known of each. */
export function RepositoryTable(props: RepositoryTableProps) {
  const { account, list, isLoading, onOpen, onAdd, children } = props;
  const { id: accountId, name } = account;
  const { filter = '', show, sort: sortText } = route.useSearch();
  const navigate = route.useNavigate();
  const { t, i18n } = useTranslation();
  const [view, setView] = useRemembered('repositories.view', viewSchema, 'tree');
  const filters = useMemo(() => REPOSITORY_FILTERS.filter((each) => show?.includes(each)), [show]);
  const looked = lookedFor(filter, filters);
  const [closed, toggle] = useClosed(accountId, looked);
  const sort = useMemo(() => parseSort(sortText, sortableColumns) ?? byName, [sortText]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [menu, setMenu] = useState<OpenRepositoryMenu>();
  const [deleting, setDeleting] = useState<readonly string[]>();

  const isTree = view === 'tree';
  const { rows, shown, counts, listed, tree, widest, sized, usable, isPushed, isWhole, isKnown, ...found } =
    useShownRepositories({
      accountId,
      list,
      filter,
      filters,
      sort,
      closed: isTree ? closed : undefined,
    });
  const choice = useMemo(() => shownChoice(chosen, isTree ? shown : []), [chosen, isTree, shown]);
  const armed = useArmed(
    chosen,
    found.looked,
    useMemo(() => (chosen.size > 0 ? shown.map((row) => row.name) : NONE), [chosen, shown]),
  );

  const search = useCallback(
    (change: { filter?: string | undefined; show?: string[] | undefined; sort?: string | undefined }) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false }),
    [navigate],
  );
  const setFilter = useCallback((value: string) => search({ filter: value || undefined }), [search]);
  const toggleFilter = (each: RepositoryFilter) => {
    const next = filters.includes(each) ? filters.filter((other) => other !== each) : [...filters, each];
    search({ show: next.length > 0 ? next : undefined });
  };
  const openMenu = useCallback((row: ListedRow, at: Point) => {
    // Nothing can be done with a name that is none.
    if (isGroup(row) || !row.unusable) setMenu({ row, at });
  }, []);
  const openBelow = useCallback(
    (row: ListedRow, button: HTMLElement) => openMenu(row, below(button)),
    [openMenu],
  );
  const narrow = useNarrow();
  const openTag = useCallback(
    (repository: string, reference: string) =>
      void navigate({
        to: '/registries/$accountId/image',
        params: { accountId },
        search: { repository, reference },
      }),
    [navigate, accountId],
  );
  const columns = useRepositoryColumns({
    accountId,
    isTree,
    widest,
    narrow,
    isPushed,
    onOpen,
    onOpenTag: openTag,
    onMenu: openBelow,
  });
  const format = (count: number) => formatCount(count, i18n.language);

  return (
    <>
      <div className={listClasses.bar}>
        <FilterInput
          value={filter}
          onChange={setFilter}
          aria-label={t('repositories.filter')}
          placeholder={t('repositories.filter')}
        />
        <FilterChip pressed={isTree} onToggle={() => setView(() => (isTree ? 'list' : 'tree'))}>
          {t('repositories.tree')}
        </FilterChip>
        {REPOSITORY_FILTERS.filter((each) => counts[each] > 0 || filters.includes(each)).map((each) => (
          <FilterChip
            key={each}
            pressed={filters.includes(each)}
            onToggle={() => toggleFilter(each)}
            count={counts[each]}
          >
            {t(`repositories.filters.${each}`)}
          </FilterChip>
        ))}
        {/* The age of what could not be read again is said above the page's bar. */}
        {(!isWhole || (isLoading && rows.length > 0)) && (
          <ListCount
            words="repositories"
            total={rows.length}
            matching={isWhole ? undefined : shown.length}
            loading={isLoading}
            seen={isLoading ? list.seen : undefined}
          />
        )}
      </div>
      {list.listing === 'incomplete' && (
        <div className={listClasses.note}>{t('repositories.unusableNotice')}</div>
      )}
      <VirtualTable
        reuse
        tableId="repositories"
        label={t('repositories.tableLabel', { name })}
        rows={listed}
        rowId={idOf}
        rowName={titleOf}
        columns={columns}
        sort={sort}
        onSort={(next: Sort | undefined) => search({ sort: isUsual(next) ? undefined : formatSort(next) })}
        selected={choice.whole}
        partly={choice.partly}
        onSelect={(next) => setChosen(chosenAfter(choice, next, shown))}
        onOpen={(row) => {
          if (isGroup(row)) toggle(row.namespace);
          else if (!row.unusable) onOpen(row.name);
        }}
        onContext={openMenu}
        filter={looked}
        {...(tree && {
          tree: {
            level: tree.level,
            expanded: (row: ListedRow) => (isGroup(row) ? !closed.has(row.namespace) : undefined),
            onToggle: (row: ListedRow) => isGroup(row) && toggle(row.namespace),
          },
        })}
        busy={isLoading}
        empty={
          (rows.length > 0 || list.complete) && (
            <EmptyRepositories
              account={account}
              list={list}
              filter={filter}
              onClear={() => search({ filter: undefined, show: undefined })}
              onAdd={onAdd}
            />
          )
        }
      />
      <div className={classes.notes}>{children}</div>
      {isKnown && usable > 0 && (
        <StatusText>
          {t('repositories.sized', { count: usable, done: format(sized), total: format(usable) })}
        </StatusText>
      )}
      <RepositorySelection
        account={account}
        rows={rows}
        armed={armed}
        onDelete={setDeleting}
        onClear={() => setChosen(new Set())}
      />
      {menu && (
        <RepositoryMenu
          menu={menu}
          account={account}
          onClose={() => setMenu(undefined)}
          onDelete={setDeleting}
          onChoose={(namespace) => {
            const members = shown.filter((row) => row.name.startsWith(`${namespace}/`) && !row.unusable);
            setChosen(new Set([...chosen, ...members.map((row) => row.name)]));
          }}
        />
      )}
      {deleting && (
        <Suspense>
          <DeleteRepositories
            account={account}
            repositories={deleting}
            onClose={() => setDeleting(undefined)}
          />
        </Suspense>
      )}
    </>
  );
}

const isUsual = (sort: Sort | undefined) => sort?.column === byName.column && !sort.descending;

/** The namespaces that are closed: kept for each registry, and while something is looked for, of that alone. */
function useClosed(accountId: string, looked: string): [ReadonlySet<string>, (namespace: string) => void] {
  const [kept, keep] = useRemembered(`repositories.closed.${accountId}`, closedSchema, NONE);
  const [found, setFound] = useState({ looked: '', closed: NONE });
  const isLooking = looked !== '';
  const names = isLooking ? (found.looked === looked ? found.closed : NONE) : kept;
  const closed = useMemo(() => new Set(names), [names]);
  const toggle = useCallback(
    (namespace: string) => {
      const toggled = (before: string[]) =>
        before.includes(namespace) ? before.filter((each) => each !== namespace) : [...before, namespace];
      if (isLooking)
        setFound((before) => ({ looked, closed: toggled(before.looked === looked ? before.closed : NONE) }));
      else keep(toggled);
    },
    [isLooking, looked, keep],
  );
  return [closed, toggle];
}
