import { Button, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { desktopFiles } from '../desktop-files.ts';
import { toastFailure } from '../ui/toast.tsx';
import type { SaveFormat } from './formats.ts';
import classes from './save-image.module.css';

export interface PathFieldProps {
  format: SaveFormat;
  /** What it is called unless the user says otherwise. */
  name: string;
  path: string;
  error: ReactNode;
  onChange: (path: string) => void;
}

/** A path of the main side's computer: typed, or in the desktop app chosen in the system's dialog. */
export function PathField({ format, name, path, error, onChange }: PathFieldProps) {
  const { t } = useTranslation();
  const files = desktopFiles();
  const folder = format === 'ociLayout';
  const choose = useMutation({
    mutationFn: async () => files?.chooseTarget({ folder, name }),
    onSuccess: (chosen) => {
      if (chosen !== undefined) onChange(chosen);
    },
    onError: toastFailure,
  });
  return (
    <TextInput
      data-autofocus
      label={t(folder ? 'saveImage.folder' : 'saveImage.file')}
      description={t('saveImage.pathHelp')}
      placeholder={`/…/${name}`}
      classNames={{ input: classes.mono ?? '' }}
      spellCheck={false}
      value={path}
      error={error}
      inputContainer={(input) =>
        files ? (
          <div className={classes.row}>
            {input}
            <Button variant="default" loading={choose.isPending} onClick={() => choose.mutate()}>
              {t('saveImage.choose')}
            </Button>
          </div>
        ) : (
          input
        )
      }
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
