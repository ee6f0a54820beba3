import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { type Looking, planDeletion } from './plan-deletion.ts';
import { Planning } from './planning.tsx';

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
  const { t, i18n } = useTranslation();
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
      {isError ? (
        <ErrorPanel error={error} onRetry={plan} />
      ) : (
        <Planning
          seen={looking?.seen}
          text={
            looking &&
            t(`deletion.looking.${looking.at}`, {
              done: formatCount(looking.seen.done, i18n.language),
              total: formatCount(looking.seen.total, i18n.language),
            })
          }
        />
      )}
      <DialogFoot keeps onClose={onClose}>
        {null}
      </DialogFoot>
    </DialogBody>
  );
}
