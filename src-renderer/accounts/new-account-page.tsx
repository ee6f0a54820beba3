import { useTranslation } from 'react-i18next';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { AccountForm } from './account-form.tsx';

export function NewAccountPage() {
  const { t } = useTranslation();
  return (
    <Page narrow>
      <PageHeader title={t('accounts.addTitle')} />
      <AccountForm />
    </Page>
  );
}
