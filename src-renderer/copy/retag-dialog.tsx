import { Text, TextInput } from '@mantine/core';
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
  onClose: () => void;
}

/** Another tag for the same digest, in the same repository: its name, then the plan. */
export function RetagDialog({ place, host, reference, onClose }: RetagDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('transfers.retagTitle', { reference })}
      place={`${host}/${place.repository}`}
    >
      <Form place={place} reference={reference} onClose={onClose} />
    </Dialog>
  );
}

function Form({ place, reference, onClose }: Omit<RetagDialogProps, 'host'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
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
    plan.mutate((signal) =>
      api.transfers.planCopies({ source: accountId, target: accountId, copies }, signal ? { signal } : {}),
    );
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{ label: t('transfers.showPlan'), loading: plan.isPending }}
    >
      <Text fz="sm" c="dimmed">
        {t('transfers.retagHelp')}
      </Text>
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
      <PlanNote plan={plan} />
    </DialogForm>
  );
}
