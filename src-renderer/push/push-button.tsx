import { IconUpload } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';
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
  const open = () => setOpened(true);
  useCommands([
    {
      id: 'page.push',
      group: 'page',
      label: t('push.button'),
      words: 'push upload image archive 推送 上传 镜像',
      icon: IconUpload,
      reason: locked,
      run: open,
    },
  ]);
  return (
    <>
      <ActionButton variant="default" leftSection={<IconUpload size={14} />} reason={locked} onClick={open}>
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
