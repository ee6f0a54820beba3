import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanItem } from '../../src-main/common/plan.ts';
import { productJobItem, productJobPlan } from '../../src-main/common/product-job.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Card } from '../ui/card.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { countsText, JobLog, RunFacts } from './job-outcome.tsx';

/** What a registry's own work would do, by its dry run where it makes one. */
export function ProductJobPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => productJobPlan.parse(given), [given]);
  const columns = useColumns();
  const { subject, summary } = plan;
  const job = t(`administration.jobs.${subject.job}`);
  const stops = subject.act === 'stop';
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t(stops ? 'administration.job.stopTitle' : 'administration.job.planTitle')}
      place={{ at: subject.place }}
      summary={
        <Card wide title={t('plans.willHappen')} testId="plan">
          <PlanLines>
            <li>
              {stops
                ? t('administration.job.willStop', { run: subject.run ?? '' })
                : t('administration.job.willRun', { job: `${job} ${subject.name ?? ''}`.trim() })}
            </li>
            {!stops && <li>{t('administration.job.noUndo')}</li>}
            {!stops && !summary.dryRun && <li>{t('administration.job.noDryRun')}</li>}
          </PlanLines>
          {summary.dryRun && (
            <section aria-label={t('administration.job.dryRunSaid')}>
              <RunFacts run={summary.dryRun} />
              <JobLog log={summary.log} />
            </section>
          )}
        </Card>
      }
      {...(summary.dryRun && {
        items: {
          label: t('administration.job.itemsLabel'),
          states: (['run', 'item'] as const).map((value) => ({
            value,
            label: t(`administration.job.lines.${value}`),
          })),
          columns,
          empty: t('administration.empty'),
        },
      })}
      start={{
        label: t(stops ? 'administration.job.stopIt' : 'administration.job.start'),
        icon: stops ? <IconPlayerStop size={14} /> : <IconPlayerPlay size={14} />,
        danger: true,
      }}
    />
  );
}

function useColumns() {
  const { t, i18n } = useTranslation();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
    const read = ({ item }: PagedRow<PlanItem>) => {
      const { data } = productJobItem.safeParse(item);
      return data?.state === 'item' ? data : undefined;
    };
    const name = (row: PagedRow<PlanItem>) => read(row)?.item.name ?? t('administration.job.lines.run');
    const log = (row: PagedRow<PlanItem>) => read(row)?.log;
    return [
      { id: 'what', header: t('administration.job.what'), width: 180, grow: 1, text: name, cell: name },
      {
        id: 'counts',
        header: t('administration.job.counts'),
        width: 200,
        cell: (row) => {
          const found = read(row);
          return found && countsText(t, i18n.language, found.item.counts);
        },
      },
      { id: 'log', header: t('administration.job.log'), width: 200, grow: 2, text: log, cell: log },
    ];
  }, [t, i18n.language]);
}
