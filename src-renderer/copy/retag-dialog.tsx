import { Checkbox, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api } from '../api.ts';
import { PlanNote } from '../plans/plan-note.tsx';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { isTagName } from '../repositories/name.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import classes from './copy.module.css';

export interface RetagDialogProps {
  place: RepositoryPlace;
  host: string;
  /** The tag or digest that gets another tag. */
  reference: string;
  /** It begins as a rename. */
  renames?: boolean;
  onClose: () => void;
}

/** Another tag for the same digest, in the same repository, beside the old one or instead of it: its name, then the plan. */
export function RetagDialog({ place, host, reference, renames = false, onClose }: RetagDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t(renames ? 'renaming.title' : 'transfers.retagTitle', { reference, from: reference })}
      place={`${host}/${place.repository}`}
    >
      <Form place={place} reference={reference} renames={renames} onClose={onClose} />
    </Dialog>
  );
}

function Form({ place, reference, renames = false, onClose }: Omit<RetagDialogProps, 'host'>) {
  const { t } = useTranslation();
  const [text, setText] = useState(renames ? reference : '');
  const [instead, setInstead] = useState(renames);
  const [problem, setProblem] = useState<string>();
  const tag = text.trim();
  const plan = useMakePlan();
  const submit = () => {
    const wrong = !isTagName(tag)
      ? t('transfers.invalidTag')
      : tag === reference
        ? t('transfers.sameTag')
        : undefined;
    setProblem(wrong);
    if (wrong !== undefined) return;
    const { accountId, repository } = place;
    const copies = [{ source: { repository, reference }, target: { repository, tag } }];
    plan.mutate((signal) => {
      const options = signal ? { signal } : {};
      return instead
        ? api.deletion.planRename({ ...place, from: reference, to: tag }, options)
        : api.transfers.planCopies({ source: accountId, target: accountId, copies }, options);
    });
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{ label: t('transfers.showPlan'), loading: plan.isPending }}
    >
      {!instead && (
        <Text fz="sm" c="dimmed">
          {t('transfers.retagHelp')}
        </Text>
      )}
      <TextInput
        data-autofocus
        label={t('transfers.newTag')}
        classNames={{ input: classes.mono ?? '' }}
        value={text}
        error={problem}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setProblem(undefined);
        }}
      />
      {/* A digest is no name that could be deleted. */}
      {isTagName(reference) && (
        <Checkbox
          label={t('renaming.instead', { from: reference })}
          description={t('renaming.insteadHelp')}
          checked={instead}
          onChange={(event) => setInstead(event.currentTarget.checked)}
        />
      )}
      <PlanNote plan={plan} />
    </DialogForm>
  );
}
