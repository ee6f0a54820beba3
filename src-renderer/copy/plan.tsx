import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { copyPlan } from '../../src-main/common/transfer.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanTable } from './plan-table.tsx';
import { isOverwriting, toDo } from './to-do.ts';
import { TransferNotices } from './transfer-notices.tsx';
import { TransferSummaryCard } from './transfer-summary-card.tsx';
import { useLeftOut } from './use-left-out.ts';

/** What a copy of one tag or of many, or a retag, would do. */
export function CopyPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => copyPlan.parse(given), [given]);
  const { left, setLeft, narrow } = useLeftOut(plan);
  const { subject } = plan;
  const todo = toDo(plan.items) - left.size;
  const moves = (plan.items.by.changed ?? 0) > 0;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={titleOf(plan)}
      place={subject.kind === 'retag' ? { at: subject.place } : subject}
      notices={<TransferNotices items={plan.items} options={subject.options} />}
      summary={<TransferSummaryCard plan={plan} left={left.size} moves={subject.kind !== 'retag'} />}
      narrow={narrow}
      takesContent={isOverwriting(plan) ? 'overwritten' : undefined}
      start={{
        label: startWord(),
        reason: todo === 0 ? t('transferPages.nothingToDo') : undefined,
      }}
    >
      <PlanTable plan={plan} left={left} onLeft={setLeft} />
    </PlanFrame>
  );

  function startWord(): string {
    if (subject.kind === 'retag') return t(moves ? 'transfers.startMove' : 'transfers.startRetag');
    if ('content' in subject.target) return t('saveImage.start');
    if ('content' in subject.source) return t('push.start');
    return plan.items.total === 1 ? t('transfers.startCopy') : t('transfers.startCopyMany', { count: todo });
  }

  function titleOf({ items: { total } }: typeof plan): string {
    if (subject.kind === 'retag') return t('transfers.retagTitle', { reference: subject.reference });
    if ('tags' in subject) return t('transfers.copyTitleMany', { count: total });
    return t('transfers.copyTitle', { reference: subject.source.reference });
  }
}
