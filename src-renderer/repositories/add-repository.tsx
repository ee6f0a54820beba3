import { Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { isRepositoryName } from './name.ts';
import { repositoryKeys } from './queries.ts';
import classes from './repositories.module.css';

export interface AddRepositoryProps {
  accountId: string;
  opened: boolean;
  onClose: () => void;
  /** The name that was added. */
  onAdded: (name: string) => void;
}

/** Dialog that adds a repository the registry does not list. */
export function AddRepository({ accountId, opened, onClose, onAdded }: AddRepositoryProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={opened} onClose={onClose} title={t('repositories.addTitle')}>
      <Form accountId={accountId} onClose={onClose} onAdded={onAdded} />
    </Dialog>
  );
}

function Form({ accountId, onClose, onAdded }: Omit<AddRepositoryProps, 'opened'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const name = text.trim();
  const add = useMutation(
    orpc.accounts.addRepository.mutationOptions({
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: orpc.accounts.list.key() });
        void client.invalidateQueries({ queryKey: repositoryKeys.list(accountId) });
        onAdded(name);
        onClose();
      },
    }),
  );
  return (
    <DialogForm
      onSubmit={() => {
        setTried(true);
        if (isRepositoryName(name)) add.mutate({ id: accountId, repository: name });
      }}
      onClose={onClose}
      submit={{ label: t('common.add'), loading: add.isPending }}
    >
      <Text fz="sm" c="dimmed">
        {t('repositories.addHelp')}
      </Text>
      <TextInput
        data-autofocus
        label={t('repositories.addLabel')}
        placeholder={t('repositories.addPlaceholder')}
        classNames={{ input: classes.input ?? '' }}
        value={text}
        error={tried && !isRepositoryName(name) && t('repositories.addInvalid')}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {add.isError && <ErrorPanel error={add.error} />}
    </DialogForm>
  );
}
