import { Button } from '@mantine/core';
import { IconKeyOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { FailureDetails } from '../ui/error-panel.tsx';
import classes from './accounts.module.css';

/** Says so where no keychain answers: secrets are kept for this session only. Nothing where one does. */
export function KeychainNotice() {
  const { t } = useTranslation();
  const keychain = useQuery(orpc.accounts.keychain.queryOptions());
  if (!keychain.data || keychain.data.state === 'available') return null;
  const { state, reason } = keychain.data;
  const code = state === 'locked' ? 'keychainLocked' : 'keychainUnavailable';
  return (
    <div className={classes.keychain} role="status" data-keychain={state}>
      <IconKeyOff size={16} aria-hidden />
      <div>
        {t(`accounts.session.${state}`)}
        <div className={classes.keychainFoot}>
          <Button
            size="compact-xs"
            variant="subtle"
            loading={keychain.isFetching}
            onClick={() => void keychain.refetch()}
          >
            {t('accounts.session.check')}
          </Button>
          {reason && <FailureDetails failure={{ code, message: reason }} />}
        </div>
      </div>
    </div>
  );
}
