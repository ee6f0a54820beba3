import { Progress, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { type Looking, planDeletion } from './plan-deletion.ts';

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
  const { t, i18n } = useTranslation();
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('deletion.title', {
        count: tags.length,
        formatted: formatCount(tags.length, i18n.language),
      })}
      place={t('deletion.from', { place: `${host}/${place.repository}` })}
    >
      <Body place={place} tags={tags} {...(kept && { kept })} onClose={onClose} />
    </Dialog>
  );
}

function Body({ place, tags, kept = [], onClose }: Omit<DeleteDialogProps, 'host'>) {
  const { mutate, error, isError } = useMakePlan();
  const [looking, setLooking] = useState<Looking>();
  const plan = () =>
    mutate((signal, change) =>
      planDeletion({ ...place, tags: [...tags], kept: [...kept], ...change }, signal, setLooking),
    );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the dialog is opened for one plan
  useEffect(() => plan(), []);
  return (
    <DialogBody>
      {isError ? <ErrorPanel error={error} onRetry={plan} /> : <Planning looking={looking} />}
      <DialogFoot keeps onClose={onClose}>
        {null}
      </DialogFoot>
    </DialogBody>
  );
}

/** How far looking is: what is looked at, and how much of it. */
function Planning({ looking }: { looking: Looking | undefined }) {
  const { t, i18n } = useTranslation();
  const { done, total } = looking?.seen ?? { done: 0, total: 0 };
  const counts = { done: formatCount(done, i18n.language), total: formatCount(total, i18n.language) };
  return (
    <div role="status" aria-busy="true">
      <Text fz="sm" mb={8} style={{ fontVariantNumeric: 'tabular-nums' }}>
        {looking ? t(`deletion.looking.${looking.at}`, counts) : t('deletion.planning')}
      </Text>
      <Progress.Root size={6}>
        <Progress.Section value={total > 0 ? (done / total) * 100 : 0} aria-label={t('deletion.planning')} />
      </Progress.Root>
      <Text fz="sm" c="dimmed" mt={8}>
        {t('deletion.planningHelp')}
      </Text>
    </div>
  );
}
