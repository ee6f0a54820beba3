import { Button } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { FormSkeleton } from '../ui/form-skeleton.tsx';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AccountForm } from './account-form.tsx';
import { guideOf } from './products.ts';
import { useAccounts } from './queries.ts';
import { RemoveAccount } from './remove-account.tsx';

const route = getRouteApi('/accounts/$accountId/edit');

export function EditAccountPage() {
  const { accountId } = route.useParams();
  const { t } = useTranslation();
  const navigate = useNavigate();
  const accounts = useAccounts();
  const [removing, setRemoving] = useState(false);
  if (accounts.isPending) {
    return (
      <Page narrow>
        <FormSkeleton fields={6} />
      </Page>
    );
  }
  if (accounts.isError) {
    return (
      <Page narrow>
        <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />
      </Page>
    );
  }
  const account = accounts.data.find((each) => each.id === accountId);
  if (!account) {
    return (
      <Page narrow>
        <ErrorPanel
          error={{ code: 'accountUnknown', message: `No account ${accountId}.` }}
          actions={
            <Button variant="default" onClick={() => void navigate({ to: '/' })}>
              {t('layout.toStart')}
            </Button>
          }
        />
      </Page>
    );
  }
  return (
    <Page narrow>
      <PageHeader
        title={t('accounts.editTitle', { name: account.name })}
        breadcrumbs={[{ label: account.name, link: { to: '/registries/$accountId', params: { accountId } } }]}
        actions={
          <Button
            variant="subtle"
            color="red"
            leftSection={<IconTrash size={14} />}
            onClick={() => setRemoving(true)}
          >
            {t('common.remove')}
          </Button>
        }
      />
      <AccountForm key={account.id} account={account} guide={guideOf(account.system)} />
      <RemoveAccount account={removing ? account : undefined} onClose={() => setRemoving(false)} />
    </Page>
  );
}
