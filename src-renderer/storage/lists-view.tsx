import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { BaseFamily, RepositoryStorage, StorageScope } from '../../src-main/common/storage.ts';
import { PagedTable } from '../lists/paged-table.tsx';
import { useRepositoryCommands } from '../pins/use-repository-commands.ts';
import { copyingOfRow, openingRow } from '../ui/row-commands.tsx';
import { toastFailure } from '../ui/toast.tsx';
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
  const commandsOf = useRepositoryCommands();
  const { choice, chooseRepositories } = choosing;
  return (
    <PagedTable
      label={t('storage.repositoriesLabel')}
      list={`${scope.accountId} ${scope.namespace} ${order}`}
      page={(page) => storageQueries.repositories(scope, order, page)}
      columns={columns}
      sort={{ column: order, descending: order !== 'name' }}
      onSort={(next) => onOrder(REPOSITORY_ORDERS.find((each) => each === next?.column))}
      commands={({ repository }) => commandsOf({ accountId: scope.accountId, repository })}
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
      commands={({ digest }) => [
        [openingRow(t, () => onOpen(digest), t('commands.row.holders'))],
        [copyingOfRow('digest', t('common.copyDigest'), digest)],
      ]}
      onOpen={(item) => item && onOpen(item.digest)}
      empty={t(what === 'largest' ? 'storage.noLayers' : 'storage.noDuplicates')}
    />
  );
}

/** Images that begin with the same layers. */
export function FamiliesView({ scope, onOpen }: ItemsViewProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const { accountId } = scope;
  const open = useCallback(
    ({ base }: BaseFamily) => void rarestOf(client, accountId, base).then(onOpen, toastFailure),
    [client, accountId, onOpen],
  );
  const columns = useFamilyColumns(open);
  return (
    <PagedTable
      label={t('storage.familiesLabel')}
      list={`families ${scope.accountId} ${scope.namespace} ${scope.repository}`}
      page={(page) => storageQueries.families(scope, page)}
      columns={columns}
      commands={(family) => [[openingRow(t, () => open(family), t('commands.row.holders'))]]}
      onOpen={(item) => item && open(item)}
      empty={t('storage.noFamilies')}
    />
  );
}

/** Layers of a base that are looked at: those on top distinguish families. */
const LOOKED_AT = 8;

/** That layer of a base that the fewest tags hold: these are the images on it, as nearly as one layer can identify them. */
async function rarestOf(client: QueryClient, accountId: string, base: readonly string[]): Promise<string> {
  const layers = await Promise.all(
    base.slice(-LOOKED_AT).map(async (digest) => {
      const { total } = await client.fetchQuery(storageQueries.holders({ accountId }, digest, 0));
      return { digest, total };
    }),
  );
  return layers.toSorted((a, b) => a.total - b.total)[0]?.digest ?? '';
}
