import { Button } from '@mantine/core';
import { IconMapOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { PageSkeleton } from '../ui/page-skeleton.tsx';
import { InsecureBanner } from './insecure-banner.tsx';

const route = getRouteApi('/registries/$accountId');

/** Code of the lists, which are a click away from every page: asking for it only then costs a quarter of the way to the first row. */
async function loadLists(): Promise<void> {
  await Promise.all([import('../repositories/repositories-page.tsx'), import('../tags/tags-page.tsx')]);
}

/** Around every page of a registry: its lasting warning, and what to do where the registry is not in the list. */
export function RegistryFrame() {
  const { accountId } = route.useParams();
  const { t } = useTranslation();
  useEffect(() => {
    // A failure is reported where the page is opened.
    const idle = requestIdleCallback(() => void loadLists().catch(() => {}));
    return () => cancelIdleCallback(idle);
  }, []);
  const accounts = useQuery(orpc.accounts.list.queryOptions());
  if (accounts.isPending) return <PageSkeleton />;
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
