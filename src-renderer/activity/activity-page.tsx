import { Button, Select } from '@mantine/core';
import { IconDownload, IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import classes from '../lists/list-page.module.css';
import { ListProblem } from '../lists/list-problem.tsx';
import { OPERATION_KINDS } from '../operation-kinds.ts';
import { operationQueries } from '../operations/queries.ts';
import { useLine } from '../operations/use-line.ts';
import { downloadText } from '../saving/download-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { FilterChip } from '../ui/filter-chip.tsx';
import { FilterInput } from '../ui/filter-input.tsx';
import { formatCount } from '../ui/format.ts';
import { NoMatch } from '../ui/no-match.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { StatusText } from '../ui/status-text.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { ActivityDetails } from './activity-details.tsx';
import { useActivityColumns } from './columns.tsx';
import { type ActivityFilter, filterActivity, hasResult, toJsonLines, withNews } from './filter.ts';
import { readHistory } from './read-history.ts';
import { RESULTS } from './results.ts';

const route = getRouteApi('/activity');

const idOf = (operation: Operation) => operation.id;

export function ActivityPage() {
  const { filter: text = '', kind = 'all', result = 'all', operation: opened } = route.useSearch();
  const navigate = route.useNavigate();
  const { t, i18n } = useTranslation();
  const history = useInfiniteQuery(operationQueries.history());
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history;
  const { data: watched } = useQuery(operationQueries.watched());
  const all = useMemo(
    () => (history.data ? withNews(history.data.pages, watched) : []),
    [history.data, watched],
  );
  const line = useLine();
  const filter = useMemo<ActivityFilter>(() => ({ text, kind, result }), [text, kind, result]);
  const shown = useMemo(() => filterActivity(all, filter, line), [all, filter, line]);
  const columns = useActivityColumns();
  const isFiltered = text !== '' || kind !== 'all' || result !== 'all';

  const change = useCallback(
    (next: Partial<ActivityFilter>) =>
      void navigate({
        search: (before) => {
          const merged = { text: before.filter, kind: before.kind, result: before.result, ...next };
          return {
            ...before,
            filter: merged.text || undefined,
            kind: merged.kind === 'all' ? undefined : merged.kind,
            result: merged.result === 'all' ? undefined : merged.result,
          };
        },
        replace: true,
      }),
    [navigate],
  );
  const open = (id: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, operation: id }), replace: id === undefined });
  const setText = useCallback((value: string) => change({ text: value }), [change]);
  const onVisible = useCallback(
    (rows: readonly Operation[]) => {
      const atEnd = rows.at(-1)?.id === shown.at(-1)?.id;
      if (atEnd && !isFiltered && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [shown, isFiltered, hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  const format = (count: number) => formatCount(count, i18n.language);
  return (
    <Page>
      <PageHeader
        title={t('activity.title')}
        meta={t('activity.intro')}
        actions={<ExportButton filter={filter} disabled={all.length === 0} />}
      />
      <ListProblem query={history} />
      {history.isPending && <TableSkeleton columns={columns} tableId="history" bar />}
      {history.data && all.length === 0 && (
        <EmptyState icon={<IconHistory size={24} />} title={t('activity.emptyTitle')}>
          {t('activity.emptyHelp')}
        </EmptyState>
      )}
      {all.length > 0 && (
        <>
          <div className={classes.bar}>
            <FilterInput
              value={text}
              onChange={setText}
              aria-label={t('activity.filter')}
              placeholder={t('activity.filter')}
            />
            <Select
              size="xs"
              w={170}
              aria-label={t('activity.kind')}
              allowDeselect={false}
              data={[
                { value: 'all', label: t('activity.allKinds') },
                ...OPERATION_KINDS.map(({ name, label }) => ({ value: name, label: label(t) })),
              ]}
              value={kind}
              onChange={(value) => change({ kind: value ?? 'all' })}
            />
            {RESULTS.map((value) => (
              <FilterChip
                key={value}
                pressed={result === value}
                count={all.filter((operation) => hasResult(operation, value)).length}
                onToggle={() => change({ result: result === value ? 'all' : value })}
              >
                {t(`activity.results.${value}`)}
              </FilterChip>
            ))}
            <StatusText>
              {isFiltered
                ? t('activity.matching', {
                    count: shown.length,
                    formatted: format(shown.length),
                    total: format(all.length),
                  })
                : t('activity.shown', { count: all.length, formatted: format(all.length) })}
            </StatusText>
            <span className={classes.spring} />
            {hasNextPage && (
              <Button
                variant="default"
                size="compact-xs"
                loading={isFetchingNextPage}
                onClick={() => void fetchNextPage()}
              >
                {t('activity.loadOlder')}
              </Button>
            )}
          </div>
          <VirtualTable
            label={t('activity.tableLabel')}
            rows={shown}
            rowId={idOf}
            rowName={line}
            columns={columns}
            tableId="history"
            filter={`${text} ${kind} ${result}`}
            onOpen={({ id }) => open(id)}
            onVisible={onVisible}
            busy={isFetchingNextPage}
            empty={
              <NoMatch
                title={t('activity.noMatchTitle')}
                onClear={() => change({ text: '', kind: 'all', result: 'all' })}
              >
                {t('activity.noMatchHelp')}
              </NoMatch>
            }
          />
        </>
      )}
      <ActivityDetails id={opened} onClose={() => open(undefined)} />
    </Page>
  );
}

function ExportButton({ filter, disabled }: { filter: ActivityFilter; disabled: boolean }) {
  const { t } = useTranslation();
  const line = useLine();
  const abort = useRef<AbortController>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const save = useMutation({
    mutationFn: () => {
      abort.current = new AbortController();
      return readHistory(abort.current.signal);
    },
    onSuccess: (operations) =>
      downloadText(
        'wharfinger-history.jsonl',
        'application/jsonl',
        toJsonLines(filterActivity(operations, filter, line)),
      ),
    onError: toastFailure,
  });
  return (
    <Button
      data-hint={t('activity.exportHelp')}
      variant="default"
      leftSection={<IconDownload size={14} />}
      disabled={disabled}
      loading={save.isPending}
      onClick={() => save.mutate()}
    >
      {t('activity.export')}
    </Button>
  );
}
