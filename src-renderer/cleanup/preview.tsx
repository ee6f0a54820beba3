import { Select } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ListProblem } from '../lists/list-problem.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { chosenTag } from '../storage/choice.ts';
import { Freed } from '../storage/freed.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { copyingOfRow } from '../ui/row-commands.tsx';
import type { Sort } from '../ui/sort.ts';
import { VirtualTable } from '../ui/virtual-table.tsx';
import classes from './cleanup.module.css';
import { usePreviewColumns } from './preview-columns.tsx';
import { cleanupQueries, type GivenRules, type PreviewRow } from './queries.ts';

const route = getRouteApi('/registries/$accountId/cleanup');

const idOf = ({ id }: PreviewRow) => id;
const nameOf = ({ tag }: PreviewRow) => tag;

/** What rows are looked at alone. */
const STATES = {
  going: ({ keep }: PreviewRow) => !keep,
  kept: ({ keep, reason }: PreviewRow) => keep && reason !== 'unknown',
  unknown: ({ reason }: PreviewRow) => reason === 'unknown',
} as const;
type State = keyof typeof STATES;

/** Most tags of which it is asked what they free. */
const FREED_MAX = 10_000;

const entryOf = ({ rule, entry }: PreviewRow) => (entry === undefined ? '' : `${rule} · ${entry}`);

/** What the rules make of each tag, by what is known of the registry: it is not asked. */
export function Preview({ given }: { given: GivenRules }) {
  const { t, i18n } = useTranslation();
  const { filter = '', state, entry } = route.useSearch();
  const navigate = route.useNavigate();
  const [sort, setSort] = useState<Sort>();
  const preview = useQuery(cleanupQueries.preview(given));
  const rows = preview.data?.rows ?? NONE;
  const typed = useDeferredValue(filter.toLowerCase());
  const shown = useMemo(
    () =>
      rows.filter(
        (row) =>
          (!state || STATES[state](row)) &&
          (!entry || entryOf(row) === entry) &&
          (typed === '' || row.id.toLowerCase().includes(typed)),
      ),
    [rows, state, entry, typed],
  );
  const counts = useMemo(() => countsOf(rows), [rows]);
  const entries = useMemo(() => [...new Set(rows.map(entryOf))].filter((each) => each !== ''), [rows]);
  const going = useMemo(
    () => ({ repositories: new Set<string>(), tags: new Set(rows.filter(STATES.going).map(chosenTag)) }),
    [rows],
  );
  const columns = usePreviewColumns(rows);
  const search = (next: {
    filter?: string | undefined;
    state?: State | undefined;
    entry?: string | undefined;
  }) => void navigate({ search: (before) => ({ ...before, ...next }), replace: true, resetScroll: false });
  const { unseen = 0, asOf } = preview.data ?? {};
  const formatted = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  return (
    <>
      <ListProblem query={preview} />
      <div className={classes.facts} data-testid="previewed">
        <span>{t('cleanup.goes.tags', formatted(counts.going))}</span>
        <span>{t('cleanup.stays', formatted(counts.kept + counts.unknown))}</span>
        {!preview.isFetching && going.tags.size > 0 && going.tags.size <= FREED_MAX && (
          <Freed accountId={given.accountId} choice={going} brief />
        )}
        {unseen > 0 && <span>{t('cleanup.unseenTags', formatted(unseen))}</span>}
        {asOf !== undefined && (
          <span className={classes.quiet}>
            {t('cleanup.asOf')} <RelativeTime value={asOf} />
          </span>
        )}
      </div>
      <div className={classes.filters}>
        <StateFilter
          label={t('cleanup.statesLabel')}
          value={state}
          options={[
            { value: undefined, label: t('plans.allItems'), count: rows.length },
            ...(Object.keys(STATES) as State[]).map((value) => ({
              value,
              label: t(`cleanup.previewStates.${value}`),
              count: counts[value],
            })),
          ]}
          onChange={(next) => search({ state: next })}
        />
        <FilterInput value={filter} onChange={(next) => search({ filter: next || undefined })} />
        <Select
          size="xs"
          aria-label={t('cleanup.byEntry')}
          placeholder={t('cleanup.byEntry')}
          clearable
          clearButtonProps={{ 'aria-label': t('common.clearFilter') }}
          data={entries}
          value={entry ?? null}
          onChange={(next) => search({ entry: next ?? undefined })}
        />
      </div>
      <VirtualTable
        label={t('cleanup.previewLabel')}
        rows={shown}
        rowId={idOf}
        rowName={nameOf}
        columns={columns}
        commands={({ id }) => [[copyingOfRow('text', t('commands.row.copyText'), id)]]}
        sort={sort}
        onSort={setSort}
        filter={`${typed} ${state} ${entry}`}
        busy={preview.isFetching && rows.length === 0}
        empty={
          <EmptyState
            icon={<IconListCheck size={24} />}
            title={t(rows.length === 0 ? 'cleanup.nothingKnown' : 'cleanup.noneShown')}
          >
            {rows.length === 0 && t('cleanup.nothingKnownHelp')}
          </EmptyState>
        }
      />
    </>
  );
}

const NONE: readonly PreviewRow[] = [];

function countsOf(rows: readonly PreviewRow[]): Record<State, number> {
  const counts = { going: 0, kept: 0, unknown: 0 };
  for (const row of rows) counts[row.reason === 'unknown' ? 'unknown' : row.keep ? 'kept' : 'going'] += 1;
  return counts;
}
