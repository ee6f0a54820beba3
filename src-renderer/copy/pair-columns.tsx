import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TagPair } from '../../src-main/common/transfer.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { nameIn } from '../ui/place-text.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import classes from './copy.module.css';

/** Where a tag comes from and where it goes. @param read the same function each time */
export function usePairColumns<Item>(
  read: (item: Item) => TagPair | undefined,
): readonly VirtualColumn<PagedRow<Item>>[] {
  const { t } = useTranslation();
  return useMemo(() => {
    const end = (id: 'source' | 'target', text: (pair: TagPair) => string) => {
      const of = ({ item }: PagedRow<Item>) => {
        const pair = item && read(item);
        return pair ? text(pair) : '…';
      };
      return {
        id,
        header: t(`transferPages.${id}`),
        width: 150,
        grow: 3,
        text: of,
        cell: (row: PagedRow<Item>) => <span className={classes.mono}>{of(row)}</span>,
      };
    };
    return [
      end('source', ({ source }) => nameIn(source, source.reference)),
      end('target', ({ target }) => nameIn(target, target.tag)),
    ];
  }, [t, read]);
}
