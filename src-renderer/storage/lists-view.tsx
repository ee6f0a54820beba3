import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { StorageScope } from '../../src-main/common/storage.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { useRepositoryColumns } from './columns.tsx';
import { storageQueries } from './queries.ts';
import { REPOSITORY_ORDERS, type RepositoryOrder } from './views.ts';

export interface RepositoriesViewProps {
  scope: StorageScope;
  order: RepositoryOrder;
  onOrder: (order: RepositoryOrder | undefined) => void;
  onOpen: (repository: string) => void;
}

/** Repositories by what goes with them alone. */
export function RepositoriesView({ scope, order, onOrder, onOpen }: RepositoriesViewProps) {
  const { t } = useTranslation();
  const largest = useQuery(storageQueries.drawn(scope));
  const columns = useRepositoryColumns(scope.accountId, largest.data?.items[0]?.uniqueBytes ?? 0);
  return (
    <PagedTable
      label={t('storage.repositoriesLabel')}
      list={`${scope.accountId} ${scope.namespace} ${order}`}
      page={(page) => storageQueries.repositories(scope, order, page)}
      columns={columns}
      sort={{ column: order, descending: order !== 'name' }}
      onSort={(next) => onOrder(REPOSITORY_ORDERS.find((each) => each === next?.column))}
      onOpen={(item) => item && onOpen(item.repository)}
      empty={t('storage.noRepositories')}
    />
  );
}
