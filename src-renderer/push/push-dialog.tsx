import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../accounts/queries.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ChooseImage } from './choose-image.tsx';
import type { LocalImage } from './local-image.ts';
import { PushForm } from './push-form.tsx';

export interface PushDialogProps {
  /** Where it was asked for, as far as that is a place. */
  accountId?: string | undefined;
  repository?: string | undefined;
  /** A file that was dropped. */
  file?: File | undefined;
  onClose: () => void;
}

/** Pushes an image that is on this machine: chosen from the container engine or from a file, then where to, then the plan. */
export function PushDialog({ accountId, repository, file, onClose }: PushDialogProps) {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  const [images, setImages] = useState<readonly LocalImage[]>();
  return (
    <Dialog
      opened
      wide
      onClose={onClose}
      title={t('push.title')}
      place={images?.length === 1 ? images[0]?.id : undefined}
    >
      {images && accounts ? (
        <PushForm
          images={images}
          accounts={accounts}
          accountId={accountId}
          repository={repository}
          onBack={() => setImages(undefined)}
          onClose={onClose}
        />
      ) : (
        <ChooseImage file={file} onChosen={setImages} onClose={onClose} />
      )}
    </Dialog>
  );
}
