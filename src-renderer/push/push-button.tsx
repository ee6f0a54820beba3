import { IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../ui/action-button.tsx';

const PushDialog = lazy(() => import('./push-dialog.tsx').then((push) => ({ default: push.PushDialog })));

export interface PushButtonProps {
  accountId: string;
  repository?: string;
  /** Why nothing may be written here. */
  locked: string | undefined;
}

/** Opens the dialog that pushes an image of this machine. */
export function PushButton({ locked, ...target }: PushButtonProps) {
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <ActionButton
        variant="default"
        leftSection={<IconUpload size={14} />}
        reason={locked}
        onClick={() => setOpened(true)}
      >
        {t('push.button')}
      </ActionButton>
      {opened && (
        <Suspense>
          <PushDialog {...target} onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  );
}
