import { Button, Group, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useMatchRoute, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastDone } from '../ui/toast.tsx';
import { useAccountChanged } from './queries.ts';

interface RemoveAccountProps {
  /** The account in question; undefined closes the dialog. */
  account: Account | undefined;
  onClose: () => void;
}

/** Asks before an account leaves the app, and says that the registry stays as it is. */
export function RemoveAccount({ account, onClose }: RemoveAccountProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const matches = useMatchRoute();
  const accountChanged = useAccountChanged();
  const remove = useMutation(
    orpc.accounts.remove.mutationOptions({
      onSuccess: async (_nothing, { id }) => {
        toastDone(t('accounts.removed', { name: account?.name ?? '' }));
        onClose();
        const params = { accountId: id };
        const here =
          matches({ to: '/registries/$accountId', params, fuzzy: true }) !== false ||
          matches({ to: '/accounts/$accountId/edit', params }) !== false;
        if (here) await navigate({ to: '/' });
        await accountChanged();
      },
    }),
  );
  const close = () => {
    remove.reset();
    onClose();
  };
  return (
    <Modal
      opened={account !== undefined}
      onClose={close}
      title={account && t('accounts.removeTitle', { name: account.name })}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {account && (
        <>
          <Text fz="sm">{t('accounts.removeText', { host: account.host })}</Text>
          {remove.isError && <ErrorPanel error={remove.error} />}
          <Group justify="flex-end" gap="xs" mt="md">
            <Button variant="default" data-autofocus onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button color="red" loading={remove.isPending} onClick={() => remove.mutate({ id: account.id })}>
              {t('accounts.removeAction')}
            </Button>
          </Group>
        </>
      )}
    </Modal>
  );
}
