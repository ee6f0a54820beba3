import { IconRecycle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { remoteCollectItem, remoteCollectPlan } from '../../src-main/common/collection-remote.ts';
import type { PlanItem } from '../../src-main/common/plan.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { Card } from '../ui/card.tsx';
import { Digest } from '../ui/digest.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './collection.module.css';
import { RunFacts, RunLog } from './remote-outcome.tsx';

/** What a registry's own dry run says that its collection would take. */
export function RemoteCollectionPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => remoteCollectPlan.parse(given), [given]);
  const columns = useColumns();
  const { run, log } = plan.summary;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('collection.plan.title')}
      place={{ at: plan.subject.place }}
      summary={
        <Card title={t('plans.willHappen')} testId="plan">
          <RunFacts run={run} />
          {plan.subject.untagged && <p>{t('freeing.untaggedGo')}</p>}
          <p className={classes.quiet}>{t('freeing.estimate')}</p>
          <p className={classes.warning}>{t('collection.plan.noUndo')}</p>
          <RunLog log={log} />
        </Card>
      }
      items={{
        label: t('collection.plan.itemsLabel'),
        states: (['run', 'blob'] as const).map((value) => ({ value, label: t(`freeing.lines.${value}`) })),
        columns,
        empty: t('collection.plan.nothing'),
      }}
      start={{ label: t('collection.plan.start'), icon: <IconRecycle size={14} />, danger: true }}
    />
  );
}

function useColumns() {
  const { t } = useTranslation();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
    const read = ({ item }: PagedRow<PlanItem>) => remoteCollectItem.safeParse(item).data;
    return [
      {
        id: 'what',
        header: t('collection.plan.what'),
        width: 180,
        grow: 1,
        cell: (row) => {
          const item = read(row);
          return item ? t(`freeing.lines.${item.state}`) : '…';
        },
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 220,
        grow: 1,
        cell: (row) => {
          const digest = read(row)?.digest;
          return digest !== undefined && <Digest value={digest} />;
        },
      },
    ];
  }, [t]);
}
