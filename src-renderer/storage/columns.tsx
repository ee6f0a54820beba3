import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import type { PagedRow } from '../lists/paged-rows.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useTabIndex } from '../ui/row-focus.ts';
import type { VirtualColumn } from '../ui/virtual-column.ts';
import { SplitBar } from './share.tsx';
import classes from './storage.module.css';

type Column<Item> = VirtualColumn<PagedRow<Item>>;

/** The main side sorts: rows are in order as they come. */
const asTheyCome = () => 0;

/** @param widest bytes of the longest bar */
export function useRepositoryColumns(
  accountId: string,
  widest: number,
): readonly Column<RepositoryStorage>[] {
  const { t, i18n } = useTranslation();
  return useMemo<readonly Column<RepositoryStorage>[]>(
    () => [
      {
        id: 'name',
        header: t('storage.repository'),
        width: 170,
        grow: 2,
        compare: asTheyCome,
        text: ({ item }) => item?.repository,
        cell: ({ item }) => (item ? <RepositoryLink accountId={accountId} name={item.repository} /> : '…'),
      },
      {
        id: 'exclusiveBytes',
        header: t('storage.exclusive'),
        width: 92,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && <Bytes value={item.exclusiveBytes} />,
      },
      {
        id: 'bar',
        header: t('storage.share'),
        width: 90,
        grow: 1,
        cell: ({ item }) =>
          item && <SplitBar of={widest} unique={item.uniqueBytes} exclusive={item.exclusiveBytes} />,
      },
      {
        id: 'uniqueBytes',
        header: t('storage.unique'),
        width: 84,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && <Bytes value={item.uniqueBytes} />,
      },
      {
        id: 'tags',
        header: t('storage.tags'),
        width: 64,
        align: 'end',
        compare: asTheyCome,
        cell: ({ item }) => item && formatCount(item.tags, i18n.language),
      },
      {
        id: 'newest',
        header: t('storage.newest'),
        width: 104,
        cell: ({ item }) => item?.newest && <RelativeTime value={item.newest} />,
      },
    ],
    [t, i18n.language, accountId, widest],
  );
}

function RepositoryLink({ accountId, name }: { accountId: string; name: string }) {
  return (
    <Link
      to="/registries/$accountId/tags"
      params={{ accountId }}
      search={{ repository: name }}
      className={classes.link}
      tabIndex={useTabIndex()}
    >
      {name}
    </Link>
  );
}
