import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AccountForm } from './account-form.tsx';

export function NewAccountPage() {
  const { t } = useTranslation();
  return (
    <Page narrow>
      <PageHeader
        title={t('accounts.addTitle')}
        actions={
          <Button
            variant="subtle"
            leftSection={<IconFileImport size={14} />}
            renderRoot={(props) => <Link to="/accounts/import" {...props} />}
          >
            {t('accounts.importTitle')}
          </Button>
        }
      />
      <AccountForm />
    </Page>
  );
}
