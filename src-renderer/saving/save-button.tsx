import { Button } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { desktopFiles } from '../desktop-files.ts';
import { toastDone, toastFailure } from '../ui/toast.tsx';
import { saveFile } from './save-file.ts';

export interface SaveButtonProps {
  /** What the file is called unless the user says otherwise. */
  name: string;
  /** Names it for screen readers, where there are several. */
  of: string;
  save: (to: string) => Promise<void>;
}

/** Saves a file that the main side writes; in a browser it becomes a download. */
export function SaveButton({ name, of, save }: SaveButtonProps) {
  const { t } = useTranslation();
  const action = desktopFiles() ? 'save' : 'download';
  const saving = useMutation({
    mutationFn: () => saveFile(name, save),
    onSuccess: (path) => {
      if (path !== undefined) toastDone(t('saving.saved', { path }));
    },
    onError: toastFailure,
  });
  return (
    <Button
      variant="default"
      size="compact-xs"
      leftSection={<IconDownload size={14} />}
      aria-label={t(`saving.${action}Of`, { name: of })}
      loading={saving.isPending}
      onClick={() => saving.mutate()}
    >
      {t(`saving.${action}`)}
    </Button>
  );
}
