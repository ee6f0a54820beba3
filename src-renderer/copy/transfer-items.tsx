import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import type { Plan, PlanItem } from '../../src-main/common/plan.ts';
import { transferItem, verdict } from '../../src-main/common/transfer.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { PlanItems } from '../plans/plan-frame.tsx';
import { Digest } from '../ui/digest.tsx';
import classes from './copy.module.css';
import { ItemDialog } from './item-dialog.tsx';
import { usePairColumns } from './pair-columns.tsx';

/** Tags that a plan would write. */
export function toDo({ by }: Plan['items']): number {
  return (by.new ?? 0) + (by.changed ?? 0);
}

function readItem(item: PlanItem) {
  return transferItem.safeParse(item).data;
}

function read({ item }: PagedRow<PlanItem>) {
  return item && readItem(item);
}

/** The tags of a plan that copies, retags or synchronises. */
export function useTransferItems({ by }: Plan['items']): PlanItems {
  const { t } = useTranslation();
  const ends = usePairColumns(readItem);
  const columns = useMemo<PlanItems['columns']>(() => {
    const why = (failure: Failure) =>
      [t(`errors.${failure.code}.title`), failure.side && t(`operations.side.${failure.side}`)]
        .filter((part) => part !== undefined)
        .join(', ');
    return [
      ...ends,
      {
        id: 'verdict',
        header: t('transferPages.verdict'),
        width: 130,
        grow: 4,
        text: (row) => {
          const item = read(row);
          if (!item) return undefined;
          if (item.failure) return why(item.failure);
          return item.unseen
            ? t('transfers.unseen', { why: why(item.unseen) })
            : t(`transferPages.verdictHelp.${item.state}`);
        },
        cell: (row) => {
          const item = read(row);
          if (!item) return undefined;
          const cause = item.failure ?? item.unseen;
          return (
            <span className={classes.verdict} data-verdict={item.state}>
              {item.unseen ? t('transferPages.unseen') : t(`transferPages.verdicts.${item.state}`)}
              {cause && <span className={classes.quiet}>: {why(cause)}</span>}
            </span>
          );
        },
      },
      {
        id: 'replaces',
        header: t('transferPages.replaces'),
        width: 172,
        cell: (row) => {
          const { replaces, digest } = read(row) ?? {};
          return replaces !== undefined && replaces !== digest && <Digest value={replaces} />;
        },
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: (row) => {
          const digest = read(row)?.digest;
          return digest !== undefined && <Digest value={digest} />;
        },
      },
    ];
  }, [t, ends]);
  return {
    label: t('transferPages.itemsLabel'),
    states: verdict.options
      .filter((value) => (by[value] ?? 0) > 0)
      .map((value) => ({ value, label: t(`transferPages.verdicts.${value}`) })),
    columns,
    details: (item, onClose) => <ItemDialog item={item && readItem(item)} onClose={onClose} />,
    empty: t('transferPages.noItems'),
  };
}
