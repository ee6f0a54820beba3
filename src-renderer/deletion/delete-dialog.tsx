import { Skeleton, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';

export interface DeleteDialogProps {
  place: RepositoryPlace;
  host: string;
  tags: readonly string[];
  /** Tags that must stay whole, whatever is consented to. */
  kept?: readonly string[];
  onClose: () => void;
}

/** Finds out what deleting tags would do, then opens the plan. Nothing is changed here. */
export function DeleteDialog({ place, host, tags, kept, onClose }: DeleteDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('deletion.title', { count: tags.length })}
      place={t('deletion.from', { place: `${host}/${place.repository}` })}
    >
      <Body place={place} tags={tags} {...(kept && { kept })} onClose={onClose} />
    </Dialog>
  );
}

function Body({ place, tags, kept = [], onClose }: Omit<DeleteDialogProps, 'host'>) {
  const { t } = useTranslation();
  const { mutate, error, isError } = useMakePlan();
  const plan = () =>
    mutate((signal, change) =>
      api.deletion.plan({ ...place, tags: [...tags], kept: [...kept], ...change }, signal ? { signal } : {}),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is opened for one plan
  useEffect(() => plan(), []);
  return (
    <DialogBody>
      {isError ? <ErrorPanel error={error} onRetry={plan} /> : <Planning />}
      <DialogFoot keeps onClose={onClose} cancel={t('deletion.keep')}>
        {null}
      </DialogFoot>
    </DialogBody>
  );
}

function Planning() {
  const { t } = useTranslation();
  return (
    <div role="status" aria-busy="true">
      <Text fz="sm">{t('deletion.planning')}</Text>
      <Text fz="sm" c="dimmed" mb="sm">
        {t('deletion.planningHelp')}
      </Text>
      <Skeleton height={10} width="80%" mb={10} />
      <Skeleton height={10} width="60%" mb={10} />
      <Skeleton height={10} width="70%" />
    </div>
  );
}
