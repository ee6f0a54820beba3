import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagPair } from '../../src-main/common/transfer.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './copy.module.css';

function sourceText({ item }: PagedRow<TagPair>): string {
  return item ? `${item.source.repository}:${item.source.reference}` : '…';
}

function targetText({ item }: PagedRow<TagPair>): string {
  return item ? `${item.target.repository}:${item.target.tag}` : '…';
}

/** Where a tag comes from and where it goes. */
export function usePairColumns(): readonly VirtualColumn<PagedRow<TagPair>>[] {
  const { t } = useTranslation();
  return useMemo(
    () => [
      {
        id: 'source',
        header: t('transferPages.source'),
        width: 150,
        grow: 3,
        text: sourceText,
        cell: (row) => <span className={classes.mono}>{sourceText(row)}</span>,
      },
      {
        id: 'target',
        header: t('transferPages.target'),
        width: 150,
        grow: 3,
        text: targetText,
        cell: (row) => <span className={classes.mono}>{targetText(row)}</span>,
      },
    ],
    [t],
  );
}
