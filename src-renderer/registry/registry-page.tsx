import { Button, Skeleton } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RegistryOverview } from '../../src-main/common/registry.ts';
import { EditAccountButton } from '../accounts/edit-account-button.tsx';
import { useAccount } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { LocalRegistryDiskUse } from '../collection/disk-use.tsx';
import { LocalRegistryCard, StoppedLocalRegistry } from '../local-registry/local-registry-card.tsx';
import { PushButton } from '../push/push-button.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { ProductMark } from '../ui/product-mark.tsx';
import { RefreshButton } from '../ui/refresh-button.tsx';
import { Abilities } from './abilities.tsx';
import { OverviewCard } from './overview-card.tsx';
import classes from './registry.module.css';
import { Warnings } from './warnings.tsx';

const route = getRouteApi('/registries/$accountId/');

export function RegistryPage() {
  const { accountId } = route.useParams();
  const account = useAccount(accountId);
  if (!account) return null;
  return <Overview key={accountId} account={account} />;
}

function Overview({ account }: { account: Account }) {
  const { t } = useTranslation();
  const local = useQuery(orpc.localRegistry.state.queryOptions());
  const isLocal = local.data?.accountId === account.id;
  const stopped = isLocal && local.data?.running === false;
  const overview = useQuery({
    ...orpc.catalog.overview.queryOptions({ input: { accountId: account.id } }),
    enabled: !local.isPending && !stopped,
  });
  useSystemFound(account, overview.data);
  return (
    <Page>
      <PageHeader
        title={account.name}
        meta={
          <>
            <ProductMark system={overview.data?.system ?? account.system} size={16} />
            <span>{account.url}</span>
          </>
        }
        actions={
          <>
            <RefreshButton
              busy={overview.isFetching && !overview.isPending}
              onClick={() => void overview.refetch()}
            />
            <EditAccountButton accountId={account.id} />
            <PushButton accountId={account.id} locked={account.readOnly ? t('tags.readOnly') : undefined} />
            <Button
              rightSection={<IconArrowRight size={14} />}
              renderRoot={(props) => (
                <Link
                  to="/registries/$accountId/repositories"
                  params={{ accountId: account.id }}
                  {...props}
                />
              )}
            >
              {t('registry.browse')}
            </Button>
          </>
        }
      />
      {stopped && <StoppedLocalRegistry />}
      {stopped && <LocalRegistryDiskUse accountId={account.id} />}
      {overview.isError && !stopped && (
        <ErrorPanel
          error={overview.error}
          onRetry={() => void overview.refetch()}
          actions={<EditAccountButton accountId={account.id} />}
        />
      )}
      {overview.isPending && !stopped && <OverviewSkeleton />}
      {overview.data && !stopped && (
        <>
          <Warnings account={account} warnings={overview.data.warnings} />
          <div className={classes.grid}>
            <OverviewCard account={account} overview={overview.data} />
            <Abilities account={account} abilities={overview.data.abilities} />
            {isLocal && <LocalRegistryDiskUse accountId={account.id} />}
            {isLocal && local.data?.url && (
              <LocalRegistryCard
                url={local.data.url}
                folder={local.data.folder}
                options={local.data.options}
                copiesPassword={local.data.copiesPassword}
              />
            )}
          </div>
        </>
      )}
    </Page>
  );
}

/** The overview finds out which product it is: the navigation's icon is read again. */
function useSystemFound(account: Account, overview: RegistryOverview | undefined): void {
  const client = useQueryClient();
  const found = overview?.system;
  useEffect(() => {
    if (found !== undefined && found !== account.system) {
      void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
    }
  }, [client, found, account.system]);
}

function OverviewSkeleton() {
  const { t } = useTranslation();
  return (
    <div className={classes.grid} role="status" aria-busy="true" aria-label={t('common.loading')}>
      {['facts', 'abilities'].map((card) => (
        <div key={card} className={classes.skeleton}>
          <Skeleton height={12} width="30%" mb={18} />
          <Skeleton height={10} width="70%" mb={12} />
          <Skeleton height={10} width="55%" mb={12} />
          <Skeleton height={10} width="62%" mb={12} />
          <Skeleton height={10} width="40%" />
        </div>
      ))}
    </div>
  );
}
