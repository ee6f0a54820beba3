import type { TFunction } from 'i18next';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type CleanupItem, cleanupItem } from '../../src-main/common/cleanup-run.ts';
import type { PlanItem } from '../../src-main/common/plan.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Digest } from '../ui/digest.tsx';
import { failureReason } from '../ui/failure-words.ts';
import { namesText } from '../ui/names.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './cleanup.module.css';
import { Outcome, type OutcomeProps } from './outcome.tsx';
import { whyText } from './words.ts';

/** How the states of a plan look. */
const OUTCOMES: Readonly<Record<CleanupItem['state'], OutcomeProps['state']>> = {
  delete: 'going',
  keep: 'kept',
  spared: 'kept',
  moved: 'kept',
  unseen: 'unknown',
};

/** Names in one line. */
const NAMED = 8;

const known = new WeakMap<PlanItem, CleanupItem>();

/** A line as this kind has it: each is read once. */
function itemOf({ item }: PagedRow<PlanItem>): CleanupItem | undefined {
  if (!item) return undefined;
  const read = known.get(item) ?? cleanupItem.parse(item);
  known.set(item, read);
  return read;
}

const tagsOf = (item: CleanupItem | undefined) => item?.decided.map(({ tag }) => tag).join(', ') ?? '';

/** The columns of a plan's lines. The same array until the language changes. */
export function usePlanColumns(): readonly VirtualColumn<PagedRow<PlanItem>>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'repository',
        header: t('cleanup.column.repository'),
        width: 110,
        grow: 2,
        text: (row) => itemOf(row)?.repository,
        cell: (row) => itemOf(row)?.repository,
      },
      {
        id: 'tags',
        header: t('cleanup.column.tags'),
        width: 120,
        grow: 2,
        text: (row) => tagsOf(itemOf(row)),
        cell: (row) => {
          const item = itemOf(row);
          if (item?.decided.length === 0)
            return <span className={classes.quiet}>{t('deletion.untagged')}</span>;
          return <span className={classes.mono}>{tagsOf(item)}</span>;
        },
      },
      {
        id: 'becomes',
        header: t('cleanup.column.becomes'),
        width: 110,
        grow: 1,
        text: (row) => becomes(t, itemOf(row)),
        cell: (row) => {
          const item = itemOf(row);
          return item && <Outcome state={OUTCOMES[item.state]} word={becomes(t, item)} />;
        },
      },
      {
        id: 'why',
        header: t('cleanup.column.why'),
        width: 160,
        grow: 3,
        text: (row) => reasons(t, itemOf(row)),
        cell: (row) => reasons(t, itemOf(row)),
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: (row) => {
          const digest = itemOf(row)?.digest;
          return digest && <Digest value={digest} />;
        },
      },
    ],
    [t],
  );
}

function becomes(t: TFunction, item: CleanupItem | undefined): string {
  if (!item) return '';
  return t(item.alone && item.state === 'delete' ? 'cleanup.states.alone' : `cleanup.states.${item.state}`);
}

/** Each reason once; of what stays against the rules, why. */
function reasons(t: TFunction, item: CleanupItem | undefined): string {
  if (!item) return '';
  if (item.failure) return failureReason(t, item.failure);
  if (item.immutable) return t('cleanup.immutable');
  if (item.along && item.along.length > 0)
    return t('cleanup.along', { names: namesText(t, item.along, NAMED) });
  const whys = [...item.decided, ...(item.why ? [item.why] : [])].map((why) => whyText(t, why));
  return [...new Set(whys)].join('; ');
}
