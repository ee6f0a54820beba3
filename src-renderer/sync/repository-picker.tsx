import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPackages } from '@tabler/icons-react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renamed } from '../../src-main/common/rename.ts';
import { ListProblem } from '../lists/list-problem.tsx';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { Bytes } from '../ui/bytes.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import { NoMatch } from '../ui/no-match.tsx';
import { copyingOfRow, takingRow } from '../ui/row-commands.tsx';
import { toggled } from '../ui/table-selection.ts';
import { useNarrow } from '../ui/use-narrow.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { type Draft, SAME_NAME } from './draft.ts';
import classes from './pages.module.css';
import { namespaceOf, withPicked } from './picked-patterns.ts';
import { type PickerRow, pickerRows } from './picker-rows.ts';
import type { Picker } from './use-picker.ts';

/** Repositories up to which all namespaces are open at first. */
const OPEN = 300;

export interface RepositoryPickerProps {
  draft: Draft;
  picker: Picker;
  problem: ReactNode;
  onChange: (part: Partial<Draft>) => void;
}

const idOf = ({ id }: PickerRow) => id;
const nameOf = ({ name }: PickerRow) => name;
const NONE: ReadonlySet<string> = new Set();

function checkOf({ chosen, repositories }: PickerRow): boolean | 'mixed' {
  return chosen === repositories ? true : chosen > 0 && 'mixed';
}

/** The repositories of the source as a tree, to be ticked, with how many of their tags are meant. */
export function RepositoryPicker({ draft, picker, problem, onChange }: RepositoryPickerProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { names, known, counted, isChosen, list } = picker;
  const [closed, setClosed] = useState<ReadonlySet<string>>();
  const everyNamespace = useMemo(() => new Set(names.map(namespaceOf)), [names]);
  const matches = useMemo(() => wordFilter(typed), [typed]);
  const shown = useMemo(
    () => (matches ? names.filter((name) => matches(foldText(name))) : names),
    [names, matches],
  );
  // What was chosen before the page was opened is in sight.
  const [given] = useState(draft.repositories);
  const closedFirst = useMemo(() => {
    if (names.length <= OPEN) return NONE;
    const open = new Set(given.map(namespaceOf));
    return new Set([...everyNamespace].filter((namespace) => !open.has(namespace)));
  }, [names, given, everyNamespace]);
  const [reveal] = useState(() => (given[0] === undefined ? undefined : { id: given[0] }));
  const closedNow = matches ? NONE : (closed ?? closedFirst);
  const rows = useMemo(
    () => pickerRows(shown, { isChosen, known, counted, closed: closedNow }),
    [shown, isChosen, known, counted, closedNow],
  );
  const toggle = useCallback(
    ({ name }: PickerRow) => {
      const next = new Set(closedNow);
      if (!next.delete(name)) next.add(name);
      setClosed(next);
    },
    [closedNow],
  );
  const selected = useMemo(() => new Set(rows.filter((row) => checkOf(row) === true).map(idOf)), [rows]);
  const partly = useMemo(() => new Set(rows.filter((row) => checkOf(row) === 'mixed').map(idOf)), [rows]);
  const select = (next: ReadonlySet<string>) => {
    const toggled = rows.filter(({ id }) => next.has(id) !== selected.has(id));
    if (!matches && toggled.length > 1 && (next.size === 0 || rows.every(({ id }) => next.has(id)))) {
      onChange({ repositories: next.size === 0 ? [] : ['**'], excludeRepositories: [] });
      return;
    }
    let patterns = { repositories: draft.repositories, excludeRepositories: draft.excludeRepositories };
    // What a filter hides of a namespace is not meant.
    for (const row of toggled) {
      const within = row.isNamespace && matches ? shown.filter((name) => namespaceOf(name) === row.name) : [];
      const picked = within.length > 0 ? within.map((name) => ({ name, isNamespace: false })) : [row];
      for (const each of picked) patterns = withPicked(patterns, each, next.has(row.id), names);
    }
    onChange(patterns);
  };
  const columns = usePickerColumns(draft.rename, toggle);
  const tree = useMemo(
    () => ({
      level: ({ level }: PickerRow) => level,
      expanded: ({ expanded }: PickerRow) => expanded,
      onToggle: toggle,
    }),
    [toggle],
  );
  if (draft.source === '') {
    return (
      <EmptyState icon={<IconPackages size={24} />} title={t('transferPages.chooseSource')}>
        {t('transferPages.chooseSourceHelp')}
      </EmptyState>
    );
  }
  return (
    <div className={classes.picker}>
      <div className={classes.pickerBar}>
        <FilterInput value={typed} onChange={setTyped} aria-label={t('transferPages.filterRepositories')} />
        {everyNamespace.size > 1 && !matches && (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => setClosed(closedNow.size > 0 ? NONE : everyNamespace)}
          >
            {t(closedNow.size > 0 ? 'transferPages.openAll' : 'transferPages.closeAll')}
          </Button>
        )}
        {problem}
      </div>
      <ListProblem query={list} />
      <VirtualTable
        label={t('transferPages.pickerLabel')}
        rows={rows}
        rowId={idOf}
        rowName={nameOf}
        columns={columns}
        filter={typed}
        tree={tree}
        selected={selected}
        partly={partly}
        reveal={reveal}
        commands={(row) => [
          [takingRow(t, checkOf(row) !== true, () => select(toggled(selected, row.id)))],
          [copyingOfRow('name', t('commands.row.copyName'), row.name)],
        ]}
        onSelect={select}
        busy={list.isFetching}
        empty={
          names.length > 0 ? (
            <NoMatch title={t('transferPages.noRepositoryMatch')} onClear={() => setTyped('')}>
              {t('repositories.noMatchHelp', { filter: typed })}
            </NoMatch>
          ) : (
            !list.isPending && (
              <EmptyState icon={<IconPackages size={24} />} title={t('transferPages.nothingListed')}>
                {t('transferPages.nothingListedHelp')}
              </EmptyState>
            )
          )
        }
      />
    </div>
  );
}

function usePickerColumns(
  rename: string,
  toggle: (row: PickerRow) => void,
): readonly VirtualColumn<PickerRow>[] {
  const { t, i18n } = useTranslation();
  const narrow = useNarrow();
  const keepsNames = rename.trim() === SAME_NAME;
  return useMemo(() => {
    const format = (count: number) => formatCount(count, i18n.language);
    const unknown = <span className={classes.quiet}>–</span>;
    const columns: readonly VirtualColumn<PickerRow>[] = [
      {
        id: 'name',
        header: t('transferPages.repository'),
        width: 150,
        grow: 3,
        text: nameOf,
        cell: (row) => <Name row={row} onToggle={toggle} count={format(row.repositories)} />,
      },
      {
        id: 'tags',
        header: t('transferPages.tags'),
        width: 64,
        align: 'end',
        cell: ({ tags }) => (tags === undefined ? unknown : format(tags)),
      },
      {
        id: 'matching',
        header: t('transferPages.matching'),
        width: 80,
        align: 'end',
        text: ({ failure }) => failure && failureTitle(t, failure),
        cell: ({ chosen, matching, failure }) => {
          if (failure) return <span className={classes.warning}>{failureTitle(t, failure)}</span>;
          if (chosen === 0) return unknown;
          return matching === undefined ? (
            <span className={classes.quiet}>{t('transferPages.counting')}</span>
          ) : (
            <strong>{format(matching)}</strong>
          );
        },
      },
      {
        id: 'size',
        header: t('tags.size'),
        width: 80,
        align: 'end',
        cell: ({ size }) => (size === undefined ? unknown : <Bytes value={size} />),
      },
      {
        id: 'becomes',
        header: t('transferPages.becomes'),
        width: 130,
        grow: 3,
        text: ({ name, isNamespace, chosen }) =>
          isNamespace || chosen === 0 ? undefined : renamed(name, rename),
        cell: ({ name, isNamespace, chosen }) =>
          !isNamespace && chosen > 0 && <span className={classes.mono}>{renamed(name, rename)}</span>,
      },
    ];
    return columns.filter(({ id }) => (id !== 'becomes' || !keepsNames) && (id !== 'size' || !narrow));
  }, [t, i18n.language, rename, keepsNames, narrow, toggle]);
}

interface NameProps {
  row: PickerRow;
  onToggle: (row: PickerRow) => void;
  /** Of the repositories that it holds. */
  count: string;
}

function Name({ row, onToggle, count }: NameProps) {
  const { label, level, expanded } = row;
  if (expanded === undefined) {
    return (
      <span className={classes.mono} style={{ paddingInlineStart: (level - 1) * 20 }}>
        {label}
      </span>
    );
  }
  const Chevron = expanded ? IconChevronDown : IconChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keys
    // biome-ignore lint/a11y/noStaticElementInteractions: the row says whether it is open
    <span className={classes.namespace} onClick={() => onToggle(row)}>
      <Chevron size={14} aria-hidden />
      <strong>{label}</strong>
      <span className={classes.quiet}>{count}</span>
    </span>
  );
}
