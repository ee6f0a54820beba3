import { IconRecycle } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import {
  COLLECT_STATES,
  type CollectPlan,
  collectItem,
  collectPlan,
} from '../../src-main/common/collection.ts';
import type { PlanItem } from '../../src-main/common/plan.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { Digest } from '../ui/digest.tsx';
import { formatBytes } from '../ui/format.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './collection.module.css';
import { Unreadable } from './unreadable.tsx';

/** What a garbage collection would take, file by file: its dry run. */
export function CollectionPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => collectPlan.parse(given), [given]);
  const columns = useColumns();
  const { by, total } = plan.items;
  const empty = total === 0;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('collection.plan.title')}
      place={{ at: plan.subject.place }}
      summary={
        <Card title={t('plans.willHappen')} testId="plan">
          <Summary plan={plan} />
        </Card>
      }
      items={{
        label: t('collection.plan.itemsLabel'),
        states: COLLECT_STATES.filter((state) => (by[state] ?? 0) > 0).map((value) => ({
          value,
          label: t(`collection.plan.states.${value}`),
        })),
        columns,
        empty: t('collection.plan.nothing'),
      }}
      start={{
        label: t('collection.plan.start'),
        reason: empty ? t('collection.plan.nothing') : undefined,
        icon: <IconRecycle size={14} />,
        danger: true,
      }}
    />
  );
}

function Summary({ plan: { subject, summary, items } }: { plan: CollectPlan }) {
  const { t } = useTranslation();
  const { kept } = summary;
  const empty = items.total === 0;
  return (
    <>
      <PlanLines>
        <li>
          <strong>
            {empty
              ? t('collection.plan.nothing')
              : t('collection.plan.frees', { bytes: formatBytes(summary.bytes) })}
          </strong>
        </li>
        {subject.manifests > 0 && <li>{t('collection.plan.manifests', { count: subject.manifests })}</li>}
        {(['blobs', 'uploads', 'drafts'] as const).map((name) => {
          const { count, bytes } = summary[name];
          return (
            count > 0 && (
              <li key={name}>{t(`collection.plan.${name}`, { count, bytes: formatBytes(bytes) })}</li>
            )
          );
        })}
        <li className={classes.quiet}>
          {t('collection.plan.stays', { bytes: formatBytes(kept.content.bytes) })}
        </li>
        {kept.recent.count > 0 && (
          <li className={classes.quiet}>
            {t('collection.plan.recent', { bytes: formatBytes(kept.recent.bytes) })}
          </li>
        )}
      </PlanLines>
      <Unreadable names={kept.unreadable} />
      {!empty && <p className={classes.warning}>{t('collection.plan.noUndo')}</p>}
    </>
  );
}

function useColumns() {
  const { t } = useTranslation();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
    const read = ({ item }: PagedRow<PlanItem>) => collectItem.safeParse(item).data;
    return [
      {
        id: 'what',
        header: t('collection.plan.what'),
        width: 180,
        grow: 1,
        cell: (row) => {
          const item = read(row);
          return item ? t(`collection.plan.states.${item.state}`) : '…';
        },
      },
      {
        id: 'name',
        header: t('collection.plan.name'),
        width: 160,
        grow: 2,
        text: (row) => read(row)?.repository ?? read(row)?.file,
        cell: (row) => <span className={classes.mono}>{read(row)?.repository ?? read(row)?.file}</span>,
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 180,
        cell: (row) => {
          const digest = read(row)?.digest;
          return digest !== undefined && <Digest value={digest} />;
        },
      },
      {
        id: 'size',
        header: t('tags.size'),
        width: 100,
        align: 'end',
        cell: (row) => {
          const item = read(row);
          return item && <Bytes value={item.size} />;
        },
      },
    ];
  }, [t]);
}
