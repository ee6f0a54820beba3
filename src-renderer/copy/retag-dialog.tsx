import { Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api, orpc } from '../api.ts';
import { usePlanStart } from '../plans/use-plan-start.ts';
import { isTagName } from '../repositories/name.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogForm } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import classes from './copy.module.css';
import { PlanSummary } from './plan-summary.tsx';

export interface RetagDialogProps {
  place: RepositoryPlace;
  host: string;
  /** The tag or digest that gets another tag. */
  reference: string;
  onClose: () => void;
  onStarted: () => void;
}

/** Another tag for the same digest, in the same repository: name, plan, confirmation. */
export function RetagDialog({ place, host, reference, onClose, onStarted }: RetagDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('transfers.retagTitle', { reference })}
      place={`${host}/${place.repository}`}
    >
      <Form place={place} reference={reference} onClose={onClose} onStarted={onStarted} />
    </Dialog>
  );
}

function Form({ place, reference, onClose, onStarted }: Omit<RetagDialogProps, 'host'>) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const tag = text.trim();
  const plan = useMutation(orpc.transfers.plan.mutationOptions());
  const makePlan = () => plan.mutate({ source: { ...place, reference }, target: { ...place, tag } });
  const start = usePlanStart({
    start: (planId: string) => api.transfers.start({ planId }),
    onStarted: () => {
      onStarted();
      onClose();
    },
    replan: makePlan,
  });
  const submit = () => {
    if (plan.data) {
      if (!plan.data.unchanged) start.confirm(plan.data.id);
      return;
    }
    const wrong = !isTagName(tag)
      ? t('transfers.invalidTag')
      : tag === reference
        ? t('transfers.sameTag')
        : undefined;
    setProblem(wrong);
    if (wrong === undefined) makePlan();
  };
  return (
    <DialogForm
      onSubmit={submit}
      onClose={onClose}
      submit={{
        label: !plan.data
          ? t('transfers.showPlan')
          : plan.data.replaces === undefined
            ? t('transfers.startRetag')
            : t('transfers.startMove'),
        loading: plan.isPending || start.pending,
        disabled: plan.data?.unchanged ?? false,
      }}
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
          start.forget();
          plan.reset();
        }}
      />
      <div aria-live="polite">
        {start.replanned && plan.data && <Text fz="sm">{t('transfers.stale')}</Text>}
        {plan.data && <PlanSummary plan={plan.data} />}
      </div>
      {plan.isError && <ErrorPanel error={plan.error} />}
      {start.error && <ErrorPanel error={start.error} />}
    </DialogForm>
  );
}
