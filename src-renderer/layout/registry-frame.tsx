import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { InsecureBanner } from './insecure-banner.tsx';

const route = getRouteApi('/registries/$accountId');

/** Around every page of a registry: its lasting warning, and what to do where the registry is not in the list. */
export function RegistryFrame() {
  const { accountId } = route.useParams();
  const { t } = useTranslation();
  const accounts = useQuery(orpc.accounts.list.queryOptions());
  if (accounts.isPending) {
    return (
      <Page>
        <TableSkeleton rows={10} />
      </Page>
    );
  }
  if (accounts.isError) {
    return (
      <Page>
        <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />
      </Page>
    );
  }
  const account = accounts.data.find((each) => each.id === accountId);
  if (!account) {
    return (
      <Page>
        <EmptyState
          icon={<IconMapOff size={24} />}
          title={t('errors.accountUnknown.title')}
          level={1}
          action={<Button renderRoot={(props) => <Link to="/" {...props} />}>{t('layout.toStart')}</Button>}
        >
          {t('errors.accountUnknown.help')}
        </EmptyState>
      </Page>
    );
  }
  return (
    <>
      <InsecureBanner account={account} />
      <Outlet />
    </>
  );
}
