import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { copyPlan } from '../../src-main/common/transfer.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { placeText } from '../ui/place-text.ts';
import { toDo, useTransferItems } from './transfer-items.tsx';
import { TransferNotices } from './transfer-notices.tsx';
import { TransferSummaryCard } from './transfer-summary-card.tsx';

/** What a copy of one tag or of many, or a retag, would do. */
export function CopyPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => copyPlan.parse(given), [given]);
  const items = useTransferItems(plan.items);
  const { subject } = plan;
  const todo = toDo(plan.items);
  const moves = (plan.items.by.changed ?? 0) > 0;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={titleOf(plan)}
      meta={
        subject.kind === 'retag'
          ? placeText(subject.place)
          : `${hostOf(subject.source)} → ${hostOf(subject.target)}`
      }
      notices={<TransferNotices items={plan.items} options={subject.options} />}
      summary={<TransferSummaryCard plan={plan} moves={subject.kind !== 'retag'} />}
      items={items}
      start={{
        label:
          subject.kind === 'retag'
            ? t(moves ? 'transfers.startMove' : 'transfers.startRetag')
            : plan.items.total === 1
              ? t('transfers.startCopy')
              : t('transfers.startCopyMany', { count: todo }),
        reason: todo === 0 ? t('transferPages.nothingToDo') : undefined,
      }}
    />
  );

  function titleOf({ items: { total } }: typeof plan): string {
    if (subject.kind === 'retag') return t('transfers.retagTitle', { reference: subject.reference });
    if ('tags' in subject) return t('transfers.copyTitleMany', { count: total });
    return t('transfers.copyTitle', { reference: subject.source.reference });
  }
}

function hostOf(side: { host: string; repository?: string }): string {
  return side.repository === undefined
    ? side.host
    : placeText({ host: side.host, repository: side.repository });
}
