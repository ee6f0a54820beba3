import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanItem, SyncPlan } from '../../src-main/contract/transfers.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { VirtualTable } from '../ui/virtual-table.tsx';
import { BlobTallies } from './blob-tallies.tsx';
import { ItemDialog } from './item-dialog.tsx';
import { OnlyAtTarget } from './only-at-target.tsx';
import classes from './pages.module.css';
import { usePlanColumns } from './plan-columns.tsx';
import { transferQueries } from './queries.ts';
import { StateFilter } from './state-filter.tsx';

const route = getRouteApi('/transfers/plan');

const VERDICTS = [
  'new',
  'changed',
  'same',
  'kept',
  'refused',
] as const satisfies readonly PlanItem['verdict'][];

export interface PlanViewProps {
  plan: SyncPlan;
  /** The plan was too old to be read. */
  onPlanAgain: () => void;
}

/** A plan of many tags: what moves in all, then tag by tag. */
export function PlanView({ plan, onPlanAgain }: PlanViewProps) {
  const { t } = useTranslation();
  const { verdict } = route.useSearch();
  const navigate = route.useNavigate();
  const { items } = plan;
  const total = VERDICTS.reduce((sum, each) => sum + items[each], 0);
  const todo = items.new + items.changed;
  return (
    <>
      {items.refused > 0 && (
        <Alert
          className={classes.notice ?? ''}
          color="yellow"
          icon={<IconAlertTriangle size={18} />}
          data-testid="refused"
        >
          {t('transferPages.refusedNote', { count: items.refused })}
        </Alert>
      )}
      <div className={classes.cards}>
        <section className={classes.card} aria-labelledby="transfer-sum" data-testid="plan">
          <h2 id="transfer-sum">
            {todo > 0 ? t('transferPages.sumTitle', { count: todo }) : t('transferPages.sumNothing')}
          </h2>
          {todo > 0 && <BlobTallies blobs={plan.blobs} manifests={plan.manifests} attached={plan.attached} />}
        </section>
        {plan.onlyAtTarget.length > 0 && (
          <OnlyAtTarget
            target={plan.target}
            repositories={plan.onlyAtTarget}
            locked={todo > 0 ? t('transferPages.pruneAfter') : undefined}
          />
        )}
      </div>
      <StateFilter
        label={t('transferPages.verdict')}
        value={verdict}
        options={[
          { value: undefined, label: t('transferPages.allItems'), count: total },
          ...VERDICTS.map((value) => ({
            value,
            label: t(`transferPages.verdicts.${value}`),
            count: items[value],
          })),
        ]}
        onChange={(next) =>
          void navigate({ search: (before) => ({ ...before, verdict: next }), replace: true })
        }
      />
      <Items planId={plan.id} verdict={verdict} onPlanAgain={onPlanAgain} />
    </>
  );
}

const idOf = ({ target }: PlanItem) => `${target.repository}:${target.tag}`;

interface ItemsProps {
  planId: string;
  verdict: PlanItem['verdict'] | undefined;
  onPlanAgain: () => void;
}

function Items({ planId, verdict, onPlanAgain }: ItemsProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState<PlanItem>();
  const columns = usePlanColumns();
  const items = useInfiniteQuery(transferQueries.planItems(planId, verdict));
  const rows = useMemo(() => items.data?.pages.flatMap((page) => page.items) ?? [], [items.data]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = items;
  const onVisible = useCallback(
    (seen: readonly PlanItem[]) => {
      if (seen.at(-1) === rows.at(-1) && hasNextPage && !isFetchingNextPage) void fetchNextPage();
    },
    [rows, hasNextPage, isFetchingNextPage, fetchNextPage],
  );
  if (items.isPending) return <TableSkeleton rows={8} />;
  if (items.isError) return <ErrorPanel error={items.error} onRetry={onPlanAgain} />;
  return (
    <>
      <VirtualTable
        label={t('transferPages.itemsLabel')}
        rows={rows}
        rowId={idOf}
        rowName={idOf}
        columns={columns}
        onOpen={setOpened}
        onVisible={onVisible}
        busy={isFetchingNextPage}
        empty={<p className={classes.none}>{t('transferPages.noItems')}</p>}
      />
      <ItemDialog item={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}
