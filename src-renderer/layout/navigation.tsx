import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';

/** Left side: the registries, then the pages that belong to none. */
export function Navigation() {
  const { t } = useTranslation();
  const accounts = useQuery(orpc.accounts.list.queryOptions());
  return (
    <nav aria-label={t('layout.navigation')}>
      <ul>
        {accounts.data?.map((account) => (
          <li key={account.id}>
            <Link to="/registries/$accountId" params={{ accountId: account.id }}>
              {account.name}
            </Link>
          </li>
        ))}
      </ul>
      <Link to="/activity">{t('layout.activity')}</Link>
      <Link to="/settings">{t('layout.settings')}</Link>
    </nav>
  );
}
