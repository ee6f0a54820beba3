import { IconShieldOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import classes from './layout.module.css';

/** Stays as long as credentials and images travel unencrypted or to a server that is not verified. */
export function InsecureBanner({ account }: { account: Account }) {
  const { t } = useTranslation();
  if (account.insecure === 'no') return null;
  return (
    <div className={classes.insecure} role="status" data-insecure={account.insecure}>
      <IconShieldOff size={16} aria-hidden />
      <span>{t(`layout.insecure.${account.insecure}`, { host: account.host })}</span>
      <Link
        to="/accounts/$accountId/edit"
        params={{ accountId: account.id }}
        className={classes.insecureLink}
      >
        {t('layout.insecure.change')}
      </Link>
    </div>
  );
}
