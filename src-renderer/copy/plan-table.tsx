import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../src-main/common/plan.ts';
import { type TransferItem, verdict } from '../../src-main/common/transfer.ts';
import { StateFilter } from '../lists/state-filter.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureLine } from '../ui/failure-words.ts';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import { NoMatch } from '../ui/no-match.tsx';
import { nameIn } from '../ui/place-text.ts';
import { copyingOfRow, openingRow, takingRow } from '../ui/row-commands.tsx';
import type { Sort } from '../ui/sort.ts';
import { toggled as withToggled } from '../ui/table-selection.ts';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { useNarrow } from '../ui/use-narrow.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './copy.module.css';
import { ItemDialog } from './item-dialog.tsx';
import { planItemsQuery } from './plan-items.ts';
import { isActing, type PlanRow, planRows } from './plan-rows.ts';
import { toDo } from './to-do.ts';

const route = getRouteApi('/plans/$planId');

/** Tags up to which those of every repository are shown at first. */
const OPEN = 500;

export interface PlanTableProps {
  plan: Plan;
  /** Numbers of the tags that are left out. */
  left: ReadonlySet<number>;
  onLeft: (left: ReadonlySet<number>) => void;
}

const idOf = ({ id }: PlanRow) => id;

/** The tags of a plan by repository: each, or all of a repository, can be left out. */
export function PlanTable({ plan, left, onLeft }: PlanTableProps) {
  const { t } = useTranslation();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const items = useQuery(planItemsQuery(plan.id));
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<Sort>();
  const [opened, setOpened] = useState<TransferItem>();
  // Those that are not as all are at first.
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const isOpen = plan.items.total <= OPEN;
  const { state } = search;
  const all = items.data?.rows;
  const rows = useMemo(
    () =>
      planRows(all ?? [], {
        state,
        typed,
        sort,
        isClosed: (repository) => toggled.has(repository) === isOpen,
      }),
    [all, state, typed, sort, toggled, isOpen],
  );
  const toggle = useCallback(
    ({ repository }: PlanRow) =>
      setToggled((before) => {
        const next = new Set(before);
        if (!next.delete(repository)) next.add(repository);
        return next;
      }),
    [],
  );
  const selected = useMemo(
    () => new Set(rows.filter((row) => checkOf(row, left) === true).map(idOf)),
    [rows, left],
  );
  const partly = useMemo(
    () => new Set(rows.filter((row) => checkOf(row, left) === 'mixed').map(idOf)),
    [rows, left],
  );
  const select = (next: ReadonlySet<string>) => {
    const now = new Set(left);
    for (const row of rows) {
      const takes = next.has(row.id);
      if (takes === selected.has(row.id)) continue;
      for (const item of row.items) {
        if (!isActing(item)) continue;
        if (takes) now.delete(item.number);
        else now.add(item.number);
      }
    }
    onLeft(now);
  };
  const open = (row: PlanRow) => {
    if (row.expanded !== undefined) toggle(row);
    else setOpened(row.items[0]);
  };
  const columns = useColumns(toggle);
  const tree = useMemo(
    () => ({
      level: ({ level }: PlanRow) => level,
      expanded: ({ expanded }: PlanRow) => expanded,
      onToggle: toggle,
    }),
    [toggle],
  );
  if (items.isPending) return <TableSkeleton columns={columns} tableId="transfer-plan" bar rows={8} />;
  if (items.isError && !items.data)
    return <ErrorPanel error={items.error} onRetry={() => void items.refetch()} />;
  const isTree = rows.some(({ expanded }) => expanded !== undefined);
  const states = verdict.options.filter((value) => (plan.items.by[value] ?? 0) > 0);
  return (
    <>
      {plan.items.total > 1 && (
        <div className={classes.bar}>
          <FilterInput value={typed} onChange={setTyped} aria-label={t('transferPages.filterItems')} />
          {states.length > 1 && (
            <StateFilter
              label={t('plans.states')}
              value={state}
              options={[
                { value: undefined, label: t('plans.allItems'), count: plan.items.total },
                ...states.map((value) => ({
                  value,
                  label: t(`transferPages.verdicts.${value}`),
                  count: plan.items.by[value],
                })),
              ]}
              onChange={(next) =>
                void navigate({ search: { ...search, state: next }, replace: true, resetScroll: false })
              }
            />
          )}
          {left.size > 0 && (
            <Button size="compact-xs" variant="subtle" onClick={() => onLeft(new Set())}>
              {t('transferPages.takeAll')}
            </Button>
          )}
        </div>
      )}
      <div className={classes.planned}>
        <VirtualTable
          label={t('transferPages.itemsLabel')}
          rows={rows}
          rowId={idOf}
          rowName={nameOf}
          columns={columns}
          tableId="transfer-plan"
          filter={`${state} ${typed}`}
          sort={sort}
          onSort={setSort}
          {...(isTree && { tree })}
          {...(plan.items.total > 1 &&
            toDo(plan.items) > 0 && { selected, partly, onSelect: select, isFixed })}
          commands={(row) => [
            [openingRow(t, () => open(row), row.expanded === undefined ? t('commands.row.show') : undefined)],
            plan.items.total > 1 && row.acting > 0
              ? [takingRow(t, checkOf(row, left) !== true, () => select(withToggled(selected, row.id)))]
              : [],
            [copyingOfRow('name', t('commands.row.copyName'), nameOf(row))],
          ]}
          onOpen={open}
          busy={!items.data.complete}
          empty={
            <NoMatch
              title={t('transferPages.noItems')}
              onClear={() => {
                setTyped('');
                void navigate({ search: { ...search, state: undefined }, replace: true, resetScroll: false });
              }}
            >
              {t('transferPages.noItemsHelp')}
            </NoMatch>
          }
        />
      </div>
      <ItemDialog item={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

/** Undefined where there is nothing to take: it is there already, or cannot be transferred. */
function checkOf({ items, acting }: PlanRow, left: ReadonlySet<number>): boolean | 'mixed' | undefined {
  if (acting === 0) return undefined;
  let without = 0;
  for (const item of items) if (isActing(item) && left.has(item.number)) without++;
  return without === 0 ? true : without === acting ? false : 'mixed';
}

const isFixed = ({ acting }: PlanRow) => acting === 0;

function nameOf({ expanded, repository, items: [item] }: PlanRow): string {
  return expanded === undefined && item ? nameIn(item.target, item.target.tag) : repository;
}

/** Sorted where the rows are made. */
const sorts = () => 0;

function useColumns(toggle: (row: PlanRow) => void): readonly VirtualColumn<PlanRow>[] {
  const { t, i18n } = useTranslation();
  const narrow = useNarrow();
  return useMemo(() => {
    const format = (count: number) => formatCount(count, i18n.language);
    const bytes = (value: number) =>
      value > 0 ? <Bytes value={value} /> : <span className={classes.quiet}>–</span>;
    const verdictText = ({ state, failure, unseen }: TransferItem) => {
      const word = t(unseen ? 'transferPages.unseen' : `transferPages.verdicts.${state}`);
      const cause = failure ?? unseen;
      return cause ? t('transferPages.verdictWhy', { verdict: word, why: failureLine(t, cause) }) : word;
    };
    const counts = (row: PlanRow) =>
      verdict.options
        .map((state) => ({ state, count: row.items.filter((item) => item.state === state).length }))
        .filter(({ count }) => count > 0)
        .map(({ state, count }) => `${format(count)} ${t(`transferPages.verdictCounts.${state}`)}`)
        .join(' · ');
    const columns: readonly VirtualColumn<PlanRow>[] = [
      {
        id: 'name',
        header: t('transferPages.tag'),
        width: 200,
        grow: 5,
        text: nameOf,
        compare: sorts,
        cell: (row) => <Name row={row} onToggle={toggle} />,
      },
      {
        id: 'verdict',
        header: t('transferPages.verdict'),
        width: 120,
        grow: 3,
        compare: sorts,
        text: (row) => (row.expanded === undefined && row.items[0] ? verdictText(row.items[0]) : counts(row)),
        cell: (row) => {
          const [item] = row.items;
          if (row.expanded !== undefined || !item)
            return <span className={classes.quiet}>{counts(row)}</span>;
          return (
            <span className={classes.verdict} data-verdict={item.state}>
              {verdictText(item)}
            </span>
          );
        },
      },
      {
        id: 'size',
        header: t('tags.size'),
        width: 76,
        align: 'end',
        compare: sorts,
        cell: ({ size }) => bytes(size),
      },
      {
        id: 'present',
        header: t('transfers.present'),
        width: 92,
        align: 'end',
        cell: ({ present }) => bytes(present),
      },
      {
        id: 'mount',
        header: t('transfers.mount'),
        width: 76,
        align: 'end',
        cell: ({ mount }) => bytes(mount),
      },
      {
        id: 'send',
        header: t('transfers.send'),
        width: 76,
        align: 'end',
        compare: sorts,
        cell: ({ send }) => bytes(send),
      },
      {
        id: 'extras',
        header: t('transfers.attachedTitle'),
        // Its end is under the button that chooses columns.
        width: 92,
        text: ({ extras }) => (extras > 0 ? t('transfers.attached', { count: extras }) : undefined),
        cell: ({ extras }) => (extras > 0 ? format(extras) : <span className={classes.quiet}>–</span>),
      },
    ];
    return narrow ? columns.filter(({ id }) => id !== 'present' && id !== 'mount') : columns;
  }, [t, i18n.language, narrow, toggle]);
}

function Name({ row, onToggle }: { row: PlanRow; onToggle: (row: PlanRow) => void }) {
  const { repository, expanded, level, items } = row;
  const [item] = items;
  if (!item) return null;
  if (expanded === undefined) {
    const name = level > 1 ? item.target.tag : nameIn(item.target, item.target.tag);
    const from = level > 1 ? item.source.reference : nameIn(item.source, item.source.reference);
    return (
      <span className={classes.tagName} style={{ paddingInlineStart: (level - 1) * 20 }}>
        {from !== name && <span className={classes.quiet}>{from} → </span>}
        {name}
      </span>
    );
  }
  const Chevron = expanded ? IconChevronDown : IconChevronRight;
  const from = item.source.repository;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the row says whether it is open
    <span
      className={classes.repository}
      onClick={(event) => {
        event.stopPropagation();
        onToggle(row);
      }}
    >
      <Chevron size={14} aria-hidden />
      {from !== repository && <span className={classes.quiet}>{from} → </span>}
      <strong>{repository === '' ? '/' : repository}</strong>
    </span>
  );
}
