import { Select, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MatrixDefinition, SavedComparison } from '../../src-main/common/comparison-matrix.ts';
import { orpc } from '../api.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { toastDone } from '../ui/toast.tsx';
import { matrixQueries } from './queries.ts';

/** Hours that are offered. */
const HOURS = [1, 6, 24, 168] as const;

export interface SaveComparisonProps {
  definition: MatrixDefinition;
  /** The one that is changed. */
  saved: SavedComparison | undefined;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** Keeps a comparison by name; while the app is open it may be looked at by itself. */
export function SaveComparison(props: SaveComparisonProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={props.onClose} title={t('comparisonMatrix.saveTitle')}>
      <Body {...props} />
    </Dialog>
  );
}

function Body({ definition, saved, onClose, onSaved }: SaveComparisonProps) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [name, setName] = useState(saved?.name ?? '');
  const [hours, setHours] = useState(saved?.schedule?.hours);
  const [tried, setTried] = useState(false);
  const save = useMutation(
    orpc.comparisonMatrix.save.mutationOptions({
      onSuccess: async ({ id, name: given }) => {
        toastDone(t('comparisonMatrix.savedAs', { name: given }));
        onClose();
        await client.invalidateQueries({ queryKey: matrixQueries.all() });
        onSaved(id);
      },
    }),
  );
  const offered = [...new Set([...HOURS, ...(hours === undefined ? [] : [hours])])].toSorted((a, b) => a - b);
  return (
    <DialogForm
      onClose={onClose}
      submit={{ label: t('comparisonMatrix.save'), loading: save.isPending }}
      onSubmit={() => {
        setTried(true);
        if (name.trim() === '') return;
        save.mutate({
          ...(saved && { id: saved.id }),
          name: name.trim(),
          definition,
          schedule: hours === undefined ? null : { hours },
        });
      }}
    >
      <TextInput
        data-autofocus
        label={t('comparisonMatrix.name')}
        maxLength={100}
        value={name}
        error={tried && name.trim() === '' && t('comparisonMatrix.problems.name')}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Select
        label={t('comparisonMatrix.schedule')}
        description={t('comparisonMatrix.scheduleHelp')}
        allowDeselect={false}
        data={[
          { value: '', label: t('comparisonMatrix.never') },
          ...offered.map((each) => ({
            value: String(each),
            label: t('comparisonMatrix.every', { count: each }),
          })),
        ]}
        value={hours === undefined ? '' : String(hours)}
        onChange={(value) => setHours(value ? Number(value) : undefined)}
      />
      {save.isError && <ErrorPanel error={save.error} />}
    </DialogForm>
  );
}
