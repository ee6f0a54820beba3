import { Anchor } from '@mantine/core';
import { IconAlertTriangleFilled } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import classes from './accounts.module.css';

interface LikeAccountsProps {
  /** The account that this would be once more. */
  same: Account | undefined;
  others: readonly Account[];
}

/** Says what is in the list at the same address already, with a link to it. */
export function LikeAccounts({ same, others }: LikeAccountsProps) {
  const { t } = useTranslation();
  const shown = same ? [same] : others;
  return (
    <div role="status">
      {shown.length > 0 && (
        <div className={classes.like} data-same={same !== undefined || undefined}>
          {same && <IconAlertTriangleFilled size={15} aria-hidden />}
          <span>{t(same ? 'accounts.alreadyThere' : 'accounts.alsoThere')}</span>
          {shown.map((account) => (
            <Anchor
              key={account.id}
              fz="sm"
              renderRoot={(props) => (
                <Link to="/registries/$accountId" params={{ accountId: account.id }} {...props} />
              )}
            >
              {account.signIn.kind === 'password'
                ? t('accounts.nameAsUser', { name: account.name, user: account.signIn.username })
                : account.name}
            </Anchor>
          ))}
        </div>
      )}
    </div>
  );
}
