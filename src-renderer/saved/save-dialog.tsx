import { Button, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedTransfer, SyncDefinition } from '../../src-main/common/transfer.ts';
import { orpc } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastDone } from '../ui/toast.tsx';

export interface SaveDialogProps {
  opened: boolean;
  definition: SyncDefinition;
  /** The one it was made from: it can be changed, or left as it is beside a new one. */
  saved: SavedTransfer | undefined;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

/** Keeps a synchronisation by name. */
export function SaveDialog(props: SaveDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={props.opened} onClose={props.onClose} title={t('transferPages.saveTitle')}>
      <Body {...props} />
    </Dialog>
  );
}

function Body({ definition, saved, onClose, onSaved }: SaveDialogProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(saved?.name ?? '');
  const [tried, setTried] = useState(false);
  const save = useMutation(
    orpc.transfers.save.mutationOptions({
      onSuccess: async ({ id, name: given }) => {
        toastDone(t('transferPages.savedAs', { name: given }));
        onClose();
        await client.invalidateQueries({ queryKey: orpc.transfers.saved.key() });
        onSaved?.(id);
      },
    }),
  );
  const submit = (id: string | undefined) => {
    setTried(true);
    if (name.trim() !== '') save.mutate({ ...(id !== undefined && { id }), name: name.trim(), definition });
  };
  return (
    <DialogForm
      onSubmit={() => submit(saved?.id)}
      onClose={onClose}
      submit={{
        label: t(saved ? 'transferPages.saveChanges' : 'transferPages.saveAction'),
        loading: save.isPending,
      }}
      actions={
        saved && (
          <Button variant="default" disabled={save.isPending} onClick={() => submit(undefined)}>
            {t('transferPages.saveNew')}
          </Button>
        )
      }
    >
      <TextInput
        data-autofocus
        label={t('transferPages.name')}
        maxLength={100}
        value={name}
        error={tried && name.trim() === '' && t('transferPages.problems.nameMissing')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {save.isError && <ErrorPanel error={save.error} />}
    </DialogForm>
  );
}
