import { Alert, Button, Text } from '@mantine/core';
import { IconKeyOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';

/** Says so where no keychain answers: secrets are kept for this session only. Nothing where one does. */
export function KeychainNotice() {
  const { t } = useTranslation();
  const keychain = useQuery(orpc.accounts.keychain.queryOptions());
  if (!keychain.data || keychain.data.state === 'available') return null;
  const { state, reason } = keychain.data;
  return (
    <Alert color="orange" icon={<IconKeyOff size={18} />} role="status" data-keychain={state}>
      <Text fz="sm">{t(`accounts.session.${state}`)}</Text>
      {reason && (
        <Text fz="xs" c="dimmed" mt={2}>
          {reason}
        </Text>
      )}
      <Button
        size="compact-xs"
        variant="default"
        mt={6}
        loading={keychain.isFetching}
        onClick={() => void keychain.refetch()}
      >
        {t('accounts.session.check')}
      </Button>
    </Alert>
  );
}
