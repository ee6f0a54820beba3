import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryStorage, StorageScope } from '../../src-main/common/storage.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import type { Choosing } from './choice.ts';
import { useFamilyColumns, useItemColumns, useRepositoryColumns } from './columns.tsx';
import { storageQueries } from './queries.ts';
import { REPOSITORY_ORDERS, type RepositoryOrder } from './views.ts';

const repositoryOf = ({ repository }: RepositoryStorage) => repository;

export interface RepositoriesViewProps {
  scope: StorageScope;
  order: RepositoryOrder;
  onOrder: (order: RepositoryOrder | undefined) => void;
  choosing: Choosing;
  onOpen: (repository: string) => void;
}

/** Repositories by what goes with them alone. */
export function RepositoriesView({ scope, order, onOrder, choosing, onOpen }: RepositoriesViewProps) {
  const { t } = useTranslation();
  const largest = useQuery(storageQueries.drawn(scope));
  const columns = useRepositoryColumns(scope.accountId, largest.data?.items[0]?.uniqueBytes ?? 0);
  const { choice, chooseRepositories } = choosing;
  return (
    <PagedTable
      label={t('storage.repositoriesLabel')}
      list={`${scope.accountId} ${scope.namespace} ${order}`}
      page={(page) => storageQueries.repositories(scope, order, page)}
      columns={columns}
      sort={{ column: order, descending: order !== 'name' }}
      onSort={(next) => onOrder(REPOSITORY_ORDERS.find((each) => each === next?.column))}
      choosing={{ id: repositoryOf, chosen: choice.repositories, onChoose: chooseRepositories }}
      onOpen={(item) => item && onOpen(item.repository)}
      empty={t('storage.noRepositories')}
    />
  );
}

export interface ItemsViewProps {
  scope: StorageScope;
  /** Shows the tags that hold it. */
  onOpen: (digest: string) => void;
}

/** Layers, configs and manifests: the largest, or those in several repositories. */
export function ItemsView({ scope, what, onOpen }: ItemsViewProps & { what: 'largest' | 'duplicates' }) {
  const { t } = useTranslation();
  const columns = useItemColumns(what, onOpen);
  const page = useCallback((number: number) => storageQueries[what](scope, number), [scope, what]);
  return (
    <PagedTable
      label={t(`storage.${what}Label`)}
      list={`${what} ${scope.accountId} ${scope.namespace} ${scope.repository}`}
      page={page}
      columns={columns}
      onOpen={(item) => item && onOpen(item.digest)}
      empty={t(what === 'largest' ? 'storage.noLayers' : 'storage.noDuplicates')}
    />
  );
}

/** Images that begin with the same layers. */
export function FamiliesView({ scope, onOpen }: ItemsViewProps) {
  const { t } = useTranslation();
  const columns = useFamilyColumns(onOpen);
  return (
    <PagedTable
      label={t('storage.familiesLabel')}
      list={`families ${scope.accountId} ${scope.namespace} ${scope.repository}`}
      page={(page) => storageQueries.families(scope, page)}
      columns={columns}
      onOpen={(item) => item && onOpen(item.base.at(-1) ?? '')}
      empty={t('storage.noFamilies')}
    />
  );
}
