import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { chosenText } from '../selection/chosen-text.ts';
import { Dialog } from '../ui/dialog.tsx';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatCount } from '../ui/format.ts';
import { type Looking, planDeletion } from './plan-deletion.ts';
import { Planning } from './planning.tsx';

export interface DeleteDialogProps {
  place: RepositoryPlace;
  host: string;
  /** Tags, and digests of manifests that go with all their tags. */
  references: readonly string[];
  /** Tags that must stay whole, whatever is consented to. */
  kept?: readonly string[];
  onClose: () => void;
}

/** Finds out what deleting tags would do, then opens the plan. Nothing is changed here. */
export function DeleteDialog({ place, host, references, kept, onClose }: DeleteDialogProps) {
  const { t, i18n } = useTranslation();
  const tags = references.filter((reference) => !reference.includes(':'));
  const digests = references.filter((reference) => reference.includes(':'));
  return (
    <Dialog
      opened
      onClose={onClose}
      title={t('deletion.title', {
        what: chosenText(t, i18n.language, { tags: tags.length, manifests: digests.length }),
      })}
      place={t('deletion.from', { place: `${host}/${place.repository}` })}
    >
      <Body place={place} tags={tags} digests={digests} {...(kept && { kept })} onClose={onClose} />
    </Dialog>
  );
}

interface BodyProps extends Pick<DeleteDialogProps, 'place' | 'kept' | 'onClose'> {
  tags: string[];
  digests: string[];
}

function Body({ place, tags, digests, kept = [], onClose }: BodyProps) {
  const { t, i18n } = useTranslation();
  const { mutate, error, isError } = useMakePlan();
  const [looking, setLooking] = useState<Looking>();
  const plan = () =>
    mutate((signal, change) =>
      planDeletion({ ...place, tags, digests, kept: [...kept], ...change }, signal, setLooking),
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
