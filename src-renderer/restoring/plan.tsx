import { IconArrowBackUp } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { PlanItem } from '../../src-main/common/plan.ts';
import { RESTORE_STATES, restoreItem, restorePlan } from '../../src-main/common/restoring.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { PlanLines } from '../plans/plan-lines.tsx';
import { Card } from '../ui/card.tsx';
import { Digest } from '../ui/digest.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatBytes, formatCount } from '../ui/format.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './restoring.module.css';

/** What an undo would do: which tags come back, which go, and which are left as they are. */
export function RestoringPlanPage({ plan: given, from }: PlanPageProps) {
  const { t, i18n } = useTranslation();
  const plan = useMemo(() => restorePlan.parse(given), [given]);
  const columns = useColumns();
  const {
    items: { by, total },
    subject: { place },
    summary: { sends, unasked },
  } = plan;
  const todo = (by.restore ?? 0) + (by.remove ?? 0);
  const isAsItWas = (by.same ?? 0) === total;
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('restoring.title')}
      place={{ at: place }}
      summary={
        <Card title={t('plans.willHappen')} testId="plan">
          <PlanLines>
            {RESTORE_STATES.filter((state) => (by[state] ?? 0) > 0).map((state) => (
              <li key={state} data-state={state}>
                {t(`restoring.sums.${state}`, { count: by[state] ?? 0 })}
              </li>
            ))}
            {total === 0 && <li>{t('restoring.nothing')}</li>}
            {sends > 0 && <li data-testid="sends">{t('restoring.sends', { bytes: formatBytes(sends) })}</li>}
            {unasked > 0 && (
              <li>
                {t('restoring.unasked', { count: unasked, formatted: formatCount(unasked, i18n.language) })}
              </li>
            )}
          </PlanLines>
        </Card>
      }
      items={{
        label: t('restoring.itemsLabel'),
        states: RESTORE_STATES.filter((state) => (by[state] ?? 0) > 0).map((value) => ({
          value,
          label: t(`restoring.states.${value}`),
        })),
        columns,
        empty: t('restoring.nothing'),
      }}
      start={{
        label: t('restoring.start'),
        reason: todo > 0 ? undefined : isAsItWas ? t('restoring.nothing') : t('restoring.impossible'),
        icon: <IconArrowBackUp size={14} />,
      }}
    />
  );
}

function useColumns() {
  const { t } = useTranslation();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
    const read = ({ item }: PagedRow<PlanItem>) => restoreItem.safeParse(item).data;
    const name = (row: PagedRow<PlanItem>) => {
      const item = read(row);
      if (!item) return '…';
      return item.tags.length > 0 ? `${item.repository}:${item.tags.join(', ')}` : item.repository;
    };
    const digest = (value: string | null | undefined) =>
      value === undefined ? undefined : value === null ? (
        <span className={classes.quiet}>{t('restoring.none')}</span>
      ) : (
        <Digest value={value} />
      );
    return [
      {
        id: 'tag',
        header: t('restoring.tag'),
        width: 160,
        grow: 4,
        text: name,
        cell: (row) => <span className={classes.mono}>{name(row)}</span>,
      },
      {
        id: 'becomes',
        header: t('plans.states'),
        width: 130,
        grow: 3,
        text: (row) => {
          const item = read(row);
          return item && t(`restoring.help.${item.state}`);
        },
        cell: (row) => {
          const item = read(row);
          if (!item) return undefined;
          return (
            <span data-state={item.state}>
              {t(`restoring.states.${item.state}`)}
              {item.sends !== undefined && (
                <span className={classes.quiet}>
                  : {t('restoring.sendsOne', { bytes: formatBytes(item.sends) })}
                </span>
              )}
              {item.failure && <span className={classes.quiet}>: {failureTitle(t, item.failure)}</span>}
            </span>
          );
        },
      },
      { id: 'now', header: t('restoring.now'), width: 172, cell: (row) => digest(read(row)?.leaves) },
      { id: 'after', header: t('restoring.after'), width: 172, cell: (row) => digest(read(row)?.digest) },
    ];
  }, [t]);
}
