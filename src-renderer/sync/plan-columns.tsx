import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../src-main/common/failure.ts';
import type { PlanItem } from '../../src-main/common/transfer.ts';
import { usePairColumns } from '../copy/pair-columns.tsx';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Digest } from '../ui/digest.tsx';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './pages.module.css';

/** The columns of a plan's tags; the same array until the language changes. */
export function usePlanColumns(): readonly VirtualColumn<PagedRow<PlanItem>>[] {
  const { t } = useTranslation();
  const ends = usePairColumns();
  return useMemo<readonly VirtualColumn<PagedRow<PlanItem>>[]>(() => {
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
        text: ({ item }) =>
          item &&
          (item.failure
            ? why(item.failure)
            : item.unseen
              ? t('transfers.unseen', { why: why(item.unseen) })
              : t(`transferPages.verdictHelp.${item.verdict}`)),
        cell: ({ item }) => {
          if (!item) return undefined;
          const cause = item.failure ?? item.unseen;
          return (
            <span className={classes.verdict} data-verdict={item.verdict}>
              {item.unseen ? t('transferPages.unseen') : t(`transferPages.verdicts.${item.verdict}`)}
              {cause && <span className={classes.quiet}>: {why(cause)}</span>}
            </span>
          );
        },
      },
      {
        id: 'digest',
        header: t('tags.digest'),
        width: 172,
        cell: ({ item }) => item?.digest !== undefined && <Digest value={item.digest} />,
      },
    ];
  }, [t, ends]);
}
