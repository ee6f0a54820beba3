import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { orpc } from '../api.ts';
import { ConfirmRemoval } from '../ui/confirm-removal.tsx';
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
  const router = useRouter();
  const accountChanged = useAccountChanged();
  const remove = useMutation(
    orpc.accounts.remove.mutationOptions({
      onSuccess: async (_nothing, { id }) => {
        toastDone(t('accounts.removed', { name: account?.name ?? '' }));
        onClose();
        const params = { accountId: id };
        const here =
          router.matchRoute({ to: '/registries/$accountId', params }, { fuzzy: true }) !== false ||
          router.matchRoute({ to: '/accounts/$accountId/edit', params }) !== false;
        if (here) await router.navigate({ to: '/' });
        await accountChanged();
      },
    }),
  );
  return (
    <ConfirmRemoval
      about={
        account && {
          title: t('accounts.removeTitle', { name: account.name }),
          text: t('accounts.removeText', { host: account.host }),
          action: t('accounts.removeAction'),
        }
      }
      removal={remove}
      onConfirm={() => account && remove.mutate({ id: account.id })}
      onClose={onClose}
    />
  );
}
