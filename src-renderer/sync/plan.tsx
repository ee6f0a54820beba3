import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { syncPlan } from '../../src-main/common/transfer.ts';
import { orpc } from '../api.ts';
import { PlanTable } from '../copy/plan-table.tsx';
import { isOverwriting, toDo } from '../copy/to-do.ts';
import { TransferNotices } from '../copy/transfer-notices.tsx';
import { TransferSummaryCard } from '../copy/transfer-summary-card.tsx';
import { useLeftOut } from '../copy/use-left-out.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { formatCount } from '../ui/format.ts';
import { OnlyAtTarget } from './only-at-target.tsx';
import { FORM_PATH, PLANNING_PATH } from './paths.ts';
import { rememberOrigin } from './queries.ts';

/** What a synchronisation would do. */
export function SyncPlanPage({ plan: given, from }: PlanPageProps) {
  const { t, i18n } = useTranslation();
  const navigate = useNavigate();
  const router = useRouter();
  const client = useQueryClient();
  const plan = useMemo(() => syncPlan.parse(given), [given]);
  const { left, setLeft, narrow } = useLeftOut(plan);
  const { subject, summary } = plan;
  const todo = toDo(plan.items) - left.size;
  const planning = from?.startsWith(FORM_PATH) ? from.replace(FORM_PATH, PLANNING_PATH) : undefined;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('transferPages.planTitle')}
      place={subject}
      takesContent={isOverwriting(plan) ? 'overwritten' : undefined}
      notices={<TransferNotices items={plan.items} options={subject.options} />}
      summary={
        <>
          <TransferSummaryCard plan={plan} left={left.size} />
          {summary.onlyAtTarget.length > 0 && (
            <OnlyAtTarget
              target={subject.target}
              repositories={summary.onlyAtTarget}
              locked={todo > 0 ? t('transferPages.pruneAfter') : undefined}
            />
          )}
        </>
      }
      narrow={narrow}
      start={{
        label:
          todo > 0
            ? t('transferPages.start', { count: todo, formatted: formatCount(todo, i18n.language) })
            : t('transferPages.startNone'),
        reason: todo === 0 ? t('transferPages.nothingToDo') : undefined,
      }}
      {...(planning !== undefined && { keep: t('transferPages.change') })}
      onStarted={(operationId) => {
        rememberOrigin(client, operationId, { planning, onlyAtTarget: summary.onlyAtTarget });
        void client.invalidateQueries({ queryKey: orpc.transfers.saved.key() });
        void navigate({ to: '/transfers/$operationId', params: { operationId }, replace: true });
      }}
      again={planning === undefined ? undefined : () => router.history.replace(`${planning}&stale=1`)}
    >
      <PlanTable plan={plan} left={left} onLeft={setLeft} />
    </PlanFrame>
  );
}
