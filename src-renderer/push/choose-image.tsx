import { Button, Progress, Text } from '@mantine/core';
import { IconFileZip } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../api.ts';
import { DialogBody, DialogFoot } from '../ui/dialog-form.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { EngineList } from './engine-list.tsx';
import { ImageList } from './image-list.tsx';
import { imagesOfPlace, type LocalImage } from './local-image.ts';
import classes from './push.module.css';
import { pathOfFile, takesFolders } from './taken-file.ts';

export interface ChooseImageProps {
  /** A file that was dropped: it is looked into at once. */
  file: File | undefined;
  /** Not several at once. */
  one?: boolean;
  onChosen: (images: readonly LocalImage[]) => void;
  onClose: () => void;
}

/** The image to push: one of the container engine, or those of an archive. */
export function ChooseImage({ file, one = false, onChosen, onClose }: ChooseImageProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const abort = useRef<AbortController>(undefined);
  const [sent, setSent] = useState<number>();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const look = useMutation({
    mutationFn: async (taken: File) => {
      abort.current?.abort();
      abort.current = new AbortController();
      const { signal } = abort.current;
      setSent(undefined);
      const path = await pathOfFile(taken, { signal, onProgress: setSent });
      const { place, names, digest } = await api.content.recognise({ path }, { signal });
      return imagesOfPlace(place, names, digest);
    },
    onSuccess: (images) => {
      if (images.length === 1) onChosen(images);
      else setChosen(new Set(images.slice(0, one ? 1 : undefined).map(({ id }) => id)));
    },
  });
  const { mutate } = look;
  useEffect(() => {
    if (file) mutate(file);
    return () => abort.current?.abort();
  }, [file, mutate]);
  const several = look.data && look.data.length > 1 ? look.data : undefined;
  return (
    <DialogBody>
      <input
        ref={input}
        type="file"
        hidden
        accept=".tar,.oci,.tar.gz,.tgz,application/x-tar"
        data-testid="push-file"
        onChange={(event) => {
          const [taken] = event.currentTarget.files ?? [];
          if (taken) mutate(taken);
          event.currentTarget.value = '';
        }}
      />
      <div className={classes.file}>
        <Button
          variant="default"
          leftSection={<IconFileZip size={16} />}
          loading={look.isPending}
          onClick={() => input.current?.click()}
        >
          {t('push.chooseFile')}
        </Button>
        <Text fz="sm" c="dimmed">
          {t(one ? 'push.fileHelpOne' : takesFolders() ? 'push.fileHelp' : 'push.fileHelpBrowser')}
        </Text>
      </div>
      {look.isPending && sent !== undefined && (
        <div role="status">
          <Text fz="sm">{t('push.sending', { percent: Math.round(sent * 100) })}</Text>
          <Progress value={sent * 100} size="sm" aria-label={t('push.title')} />
        </div>
      )}
      {look.isPending && sent === undefined && (
        <Text fz="sm" c="dimmed" role="status">
          {t('push.reading')}
        </Text>
      )}
      {look.isError && <ErrorPanel error={look.error} />}
      {look.data?.length === 0 && <Text fz="sm">{t('push.nothing')}</Text>}
      {several ? (
        <ImageList one={one} label={t('push.inFile')} images={several} chosen={chosen} onChange={setChosen} />
      ) : (
        look.isIdle && !file && <EngineList onChosen={(image) => onChosen([image])} />
      )}
      <DialogFoot onClose={onClose}>
        {several && (
          <Button
            disabled={chosen.size === 0}
            onClick={() => onChosen(several.filter(({ id }) => chosen.has(id)))}
          >
            {t(one ? 'push.choose' : 'push.next')}
          </Button>
        )}
      </DialogFoot>
    </DialogBody>
  );
}
