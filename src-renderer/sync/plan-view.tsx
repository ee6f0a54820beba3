import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanItem, SyncPlan } from '../../src-main/common/transfer.ts';
import { VERDICTS } from '../../src-main/engine/vocabulary.ts';
import { BlobTallies } from '../copy/blob-tallies.tsx';
import { ItemDialog } from '../copy/item-dialog.tsx';
import { PagedTable } from '../lists/paged-table.tsx';
import { StateFilter } from '../lists/state-filter.tsx';
import { Card } from '../ui/card.tsx';
import { formatCount } from '../ui/format.ts';
import { OnlyAtTarget } from './only-at-target.tsx';
import classes from './pages.module.css';
import { usePlanColumns } from './plan-columns.tsx';
import { transferQueries } from './queries.ts';

const route = getRouteApi('/transfers/plan');

export interface PlanViewProps {
  plan: SyncPlan;
  /** The plan was too old to be read. */
  onPlanAgain: () => void;
}

/** A plan of many tags: what moves in all, then tag by tag. */
export function PlanView({ plan, onPlanAgain }: PlanViewProps) {
  const { t, i18n } = useTranslation();
  const { verdict } = route.useSearch();
  const navigate = route.useNavigate();
  const [opened, setOpened] = useState<PlanItem>();
  const columns = usePlanColumns();
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
        <Card
          testId="plan"
          title={
            todo > 0
              ? t('transferPages.sumTitle', { count: todo, formatted: formatCount(todo, i18n.language) })
              : t('transferPages.sumNothing')
          }
        >
          {todo > 0 && (
            <BlobTallies
              blobs={plan.blobs}
              manifests={plan.manifests}
              attached={plan.attached}
              leftOut={plan.leftOut}
            />
          )}
        </Card>
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
      <PagedTable
        label={t('transferPages.itemsLabel')}
        list={`${plan.id} ${verdict}`}
        page={(page) => transferQueries.planItems(plan.id, verdict, page)}
        columns={columns}
        onOpen={setOpened}
        onRetry={onPlanAgain}
        empty={t('transferPages.noItems')}
      />
      <ItemDialog item={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}
