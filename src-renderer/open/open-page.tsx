import { Button } from '@mantine/core';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { systemOfHost } from '../accounts/pasted.ts';
import { handOver } from '../accounts/pasted-start.ts';
import { WithAccounts } from '../accounts/with-accounts.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page } from '../ui/page.tsx';
import { type Opened, readOpened } from './opened.ts';

const route = getRouteApi('/open');

/** Where a link from outside leads: to its place in a registry of the list, or to the question whether to add that. */
export function OpenPage() {
  const { reference } = route.useSearch();
  const { t } = useTranslation();
  const opened = readOpened(reference);
  if (!opened)
    return (
      <Page>
        <EmptyState icon={<IconLinkOff size={24} />} title={t('open.unreadTitle')} level={1}>
          {t('open.unreadHelp', { text: reference })}
        </EmptyState>
      </Page>
    );
  return (
    <WithAccounts>
      {(accounts) => {
        const account = accounts.find(({ host }) => host === opened.host);
        return account ? <Leading accountId={account.id} opened={opened} /> : <Unknown opened={opened} />;
      }}
    </WithAccounts>
  );
}

function Leading({ accountId, opened: { repository, reference } }: { accountId: string; opened: Opened }) {
  const params = { accountId };
  if (repository === undefined) return <Navigate to="/registries/$accountId" params={params} replace />;
  if (reference === undefined)
    return <Navigate to="/registries/$accountId/tags" params={params} search={{ repository }} replace />;
  const search = { repository, reference };
  return <Navigate to="/registries/$accountId/image" params={params} search={search} replace />;
}

function Unknown({ opened: { host, repository } }: { opened: Opened }) {
  const { t } = useTranslation();
  return (
    <Page>
      <EmptyState
        icon={<IconLink size={24} />}
        title={t('open.unknownTitle', { host })}
        level={1}
        action={
          <Button
            renderRoot={(props) => (
              <Link
                to="/accounts/new"
                search={{ product: systemOfHost(host) ?? 'generic' }}
                {...props}
                onClick={() => handOver({ host, ...(repository !== undefined && { repository }) })}
              />
            )}
          >
            {t('open.add')}
          </Button>
        }
      >
        {t('open.unknownHelp')}
      </EmptyState>
    </Page>
  );
}
