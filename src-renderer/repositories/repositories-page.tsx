import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { LocalRegistryDiskUse } from '../collection/disk-use.tsx';
import { ListProblem } from '../lists/list-problem.tsx';
import { StoppedLocalRegistry } from '../local-registry/local-registry-card.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AddRepository } from './add-repository.tsx';
import { Banners } from './banners.tsx';
import { repositoryQueries } from './queries.ts';
import { RegistryActions } from './registry-actions.tsx';
import { RegistryDetails } from './registry-details.tsx';
import { RegistryFacts } from './registry-facts.tsx';
import { RepositoryTable } from './repository-table.tsx';
import type { RepositoryList } from './rows.ts';
import { ScanNotes } from './scan-notes.tsx';
import { useRegistry } from './use-registry.ts';

const route = getRouteApi('/registries/$accountId/');

const NOTHING_YET: RepositoryList = { rows: [], listing: 'complete', complete: false };

/** A registry's home: what it is in one line, and its repositories. */
export function RepositoriesPage() {
  const { accountId } = route.useParams();
  const account = useAccount(accountId);
  return account ? <Registry key={accountId} account={account} /> : null;
}

function Registry({ account }: { account: Account }) {
  const { id: accountId, name } = account;
  const { details } = route.useSearch();
  const navigate = route.useNavigate();
  const { t } = useTranslation();
  const registry = useRegistry(account);
  const { overview, isStopped, isAsked } = registry;
  const [adding, dialog] = useDisclosure(false);
  const list = useQuery({ ...repositoryQueries.list(accountId), enabled: !isStopped });
  const open = useCallback(
    (repository: string) =>
      void navigate({ to: '/registries/$accountId/tags', params: { accountId }, search: { repository } }),
    [navigate, accountId],
  );
  const showDetails = (shown: boolean) =>
    void navigate({
      search: (before) => ({ ...before, details: shown ? '1' : undefined }),
      replace: true,
      resetScroll: false,
    });
  const isKnown = list.data !== undefined && !(list.isError && list.data.rows.length === 0);
  return (
    <Page>
      <PageHeader
        title={name}
        breadcrumbs={[{ label: placeOf(t, account, overview.data) }]}
        meta={!isStopped && <RegistryFacts account={account} overview={overview.data} list={list.data} />}
        actions={
          <RegistryActions
            account={account}
            isAsked={isAsked}
            list={list.data}
            busy={(list.isFetching && !list.isPending) || (overview.isFetching && !overview.isPending)}
            onRefresh={() => {
              void list.refetch();
              void overview.refetch();
            }}
            onDetails={() => showDetails(true)}
            onAdd={dialog.open}
          />
        }
      />
      {isStopped ? (
        <>
          <StoppedLocalRegistry />
          <LocalRegistryDiskUse accountId={accountId} />
        </>
      ) : (
        <>
          <ListProblem
            query={list}
            seen={list.data?.seen}
            actions={<EditAccountButton accountId={accountId} />}
          />
          {isKnown && list.data.rows.length > 0 && (
            <Banners accountId={accountId} warnings={overview.data?.warnings ?? []} onAdd={dialog.open} />
          )}
          {(isKnown || list.isPending) && (
            <RepositoryTable
              account={account}
              list={list.data ?? NOTHING_YET}
              isLoading={!list.data?.complete && list.isFetching}
              onOpen={open}
              onAdd={dialog.open}
            >
              {isKnown && <ScanNotes accountId={accountId} list={list.data} />}
            </RepositoryTable>
          )}
        </>
      )}
      <AddRepository accountId={accountId} opened={adding} onClose={dialog.close} onAdded={open} />
      <RegistryDetails
        account={account}
        registry={registry}
        opened={details === '1'}
        onClose={() => showDetails(false)}
      />
    </Page>
  );
}

/** Its address and the product that answers there. */
function placeOf(t: TFunction, { host, system }: Account, overview: RegistryOverview | undefined): string {
  const product = t(`ui.systems.${overview?.system ?? system}`);
  return `${host} · ${overview?.version === undefined ? product : `${product} ${overview.version}`}`;
}
