import { Button, Checkbox } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import { useAccountChanged } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastFailure } from '../ui/toast.tsx';
import classes from './products.module.css';

/** Offers what a registry manages and is a registry of its own to be added, with the sign-in that found it. */
export function FoundRegistries({ account }: { account: Account }) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <div className={classes.bar}>
      <Button
        variant="default"
        data-action="found"
        leftSection={<IconPlus size={14} />}
        onClick={() => setOpened(true)}
      >
        {t('administration.found.open')}
      </Button>
      {opened && (
        <Dialog
          wide
          opened
          title={t('administration.found.title')}
          place={account.name}
          onClose={() => setOpened(false)}
        >
          <Choice account={account} onClose={() => setOpened(false)} />
        </Dialog>
      )}
    </div>
  );
}

function Choice({ account, onClose }: { account: Account; onClose: () => void }) {
  const { t } = useTranslation();
  const accountChanged = useAccountChanged();
  const found = useQuery(orpc.products.foundRegistries.queryOptions({ input: { accountId: account.id } }));
  const [leftOut, setLeftOut] = useState<ReadonlySet<string>>(new Set());
  const add = useMutation(
    orpc.products.addRegistries.mutationOptions({
      onError: toastFailure,
      onSuccess: async () => {
        await accountChanged();
        onClose();
      },
    }),
  );
  if (found.isError) return <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />;
  const all = found.data ?? [];
  const wanted = all.filter(({ name, state }) => state === 'new' && !leftOut.has(name));
  const toggle = (name: string) =>
    setLeftOut((before) => {
      const after = new Set(before);
      if (!after.delete(name)) after.add(name);
      return after;
    });
  return (
    <DialogForm
      onClose={onClose}
      onSubmit={() => add.mutate({ accountId: account.id, names: wanted.map(({ name }) => name) })}
      submit={{
        label: t('administration.found.add', { count: wanted.length }),
        loading: found.isPending || add.isPending,
        disabled: wanted.length === 0,
      }}
    >
      <p className={classes.quiet}>
        {t(
          account.signIn.kind === 'password'
            ? 'administration.found.signsIn'
            : 'administration.found.signsInAlike',
          { user: account.signIn.kind === 'password' ? account.signIn.username : '' },
        )}
      </p>
      <table className={`${classes.rows} ${classes.runs}`} aria-label={t('administration.found.title')}>
        <tbody>
          {all.map(({ name, address, state }) => (
            <tr key={name}>
              <td>
                <Checkbox
                  label={name}
                  disabled={state !== 'new'}
                  checked={state === 'new' && !leftOut.has(name)}
                  onChange={() => toggle(name)}
                />
              </td>
              <td>{address ?? t('administration.unsaid')}</td>
              <td className={classes.quiet}>
                {state !== 'new' && t(`administration.found.states.${state}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </DialogForm>
  );
}
