import { Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { Fragment, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { deletionItem, deletionPlan } from '../../src-main/common/deletion.ts';
import { accountOf } from '../../src-main/common/place.ts';
import type { PlanItem } from '../../src-main/common/plan.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanPageProps } from '../operation-kind.ts';
import { PlanFrame } from '../plans/plan-frame.tsx';
import { useReplan } from '../plans/use-replan.ts';
import { choiceOf } from '../storage/choice.ts';
import { Freed } from '../storage/freed.tsx';
import { Digest } from '../ui/digest.tsx';
import { namesText } from '../ui/names.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { Consent } from './consent.tsx';
import classes from './deletion.module.css';
import { DeletionSummary } from './deletion-summary.tsx';
import { tagsGone } from './plan-words.ts';
import { Spared } from './spared.tsx';
import { WithAttached } from './with-attached.tsx';

/** Sibling names in one line. */
const NAMED = 6;

/** What a deletion would do. What goes beyond the tags that were chosen needs a second consent of its own. */
export function DeletionPlanPage({ plan: given, from }: PlanPageProps) {
  const { t } = useTranslation();
  const plan = useMemo(() => deletionPlan.parse(given), [given]);
  const replan = useReplan(given, from);
  const columns = useColumns(plan);
  const { summary, items } = plan;
  const gone = tagsGone(summary);
  const navigate = useNavigate();
  const { repository } = plan.subject.place;
  const accountId = accountOf(plan.subject.place);
  // The page of an image that is being deleted is nothing to go back to.
  const fromImage = from !== undefined && /^\/registries\/[^/]+\/image\?/.test(from);
  return (
    <PlanFrame
      plan={plan}
      from={from}
      title={t('deletion.title', { count: gone.size > 0 ? gone.size : summary.asked.length })}
      place={{ at: plan.subject.place }}
      notices={
        <>
          {items.total === 0 && summary.spared.length === 0 && summary.blocked.length === 0 && (
            <Text fz="sm">{t('deletion.nothing')}</Text>
          )}
          <Spared spared={summary.spared} />
        </>
      }
      summary={
        items.total > 0 || summary.blocked.length > 0 ? (
          <DeletionSummary
            summary={summary}
            {...(accountId !== undefined && {
              inRegistry: <Freed accountId={accountId} choice={choiceOf(repository, gone)} />,
            })}
          >
            {replan.change && (
              <WithAttached
                attached={summary.attached}
                onChange={(attached) => replan.change?.({ attached })}
              />
            )}
          </DeletionSummary>
        ) : undefined
      }
      consent={(consent, onChange) => <Consent summary={summary} given={consent} onChange={onChange} />}
      items={{
        label: t('deletion.itemsLabel'),
        states: (['tag', 'manifest'] as const)
          .filter((state) => (items.by[state] ?? 0) > 0)
          .map((state) => ({ value: state, label: t(`deletion.states.${state}`) })),
        columns,
        empty: t('deletion.nothing'),
      }}
      {...(fromImage &&
        accountId !== undefined && {
          onStarted: () =>
            void navigate({
              to: '/registries/$accountId/tags',
              params: { accountId },
              search: { repository },
              replace: true,
            }),
        })}
      keep={t('deletion.keep')}
      start={{
        label: t('deletion.confirm', { count: gone.size }),
        reason: items.total === 0 ? t('deletion.nothing') : undefined,
        icon: <IconTrash size={14} />,
        danger: true,
      }}
    />
  );
}

function useColumns({ summary }: ReturnType<typeof deletionPlan.parse>) {
  const { t } = useTranslation();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
    const extra = new Set(summary.alsoRemoved);
    const siblings = new Map(summary.tagsAlone.map((alone) => [alone.tag, alone.siblings]));
    const read = ({ item }: PagedRow<PlanItem>) => deletionItem.safeParse(item).data;
    const tagsOf = (item: ReturnType<typeof read>) =>
      item?.tags ?? (item?.tag === undefined ? [] : [item.tag]);
    const becomes = (item: ReturnType<typeof read>) => {
      if (!item) return undefined;
      if (item.tag === undefined) return t('deletion.imageGoes');
      const others = siblings.get(item.tag) ?? [];
      // Its image is kept by an index that contains it.
      return others.length === 0
        ? t('deletion.staysInIndex')
        : t('deletion.staysWith', { tags: namesText(t, others, NAMED) });
    };
    return [
      {
        id: 'tags',
        header: t('activity.tags'),
        width: 180,
        grow: 3,
        text: (row) => tagsOf(read(row)).join(', '),
        cell: (row) => {
          const item = read(row);
          if (!item) return '…';
          const tags = tagsOf(item);
          if (tags.length === 0) return <span className={classes.quiet}>{t('deletion.untagged')}</span>;
          return tags.map((tag, position) => (
            <Fragment key={tag}>
              {position > 0 && ', '}
              <span className={extra.has(tag) ? `${classes.tag} ${classes.extra}` : classes.tag}>
                {tag}
                {extra.has(tag) && <span className={classes.remark}> {t('deletion.notSelected')}</span>}
              </span>
            </Fragment>
          ));
        },
      },
      {
        id: 'becomes',
        header: t('deletion.becomes'),
        width: 180,
        grow: 3,
        text: (row) => becomes(read(row)),
        cell: (row) => becomes(read(row)),
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: (row) => {
          const item = read(row);
          return (
            item && (
              <span data-digest={item.digest}>
                <Digest value={item.digest} />
              </span>
            )
          );
        },
      },
    ];
  }, [t, summary]);
}
