import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { FileContent, FileEntry } from '../../src-main/common/files.ts';
import { desktopFiles } from '../desktop-files.ts';
import { Bytes } from '../ui/bytes.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Digest } from '../ui/digest.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatBytes } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { ScrolledText } from '../ui/scrolled-text.tsx';
import classes from './files.module.css';
import { modeText } from './mode.ts';
import { fileQueries, type ShownFiles } from './queries.ts';
import { useSaveEntry } from './use-save-entry.ts';

export interface FileDialogProps {
  image: ShownFiles;
  at: number;
  entry: FileEntry;
  onClose: () => void;
}

/** What a file holds: a text as text, a picture of a safe kind, of anything else what is known of it. */
export function FileDialog({ image, at, entry, onClose }: FileDialogProps) {
  const { t } = useTranslation();
  const { path, name, modified, uid, gid, link, layer } = entry;
  const content = useQuery(fileQueries.open(image, at, path));
  const save = useSaveEntry(image, at);
  return (
    <Dialog opened wide onClose={onClose} title={name} place={`/${path}`}>
      <div className={classes.file}>
        {content.isPending && <Skeleton height={180} />}
        {content.isError && <ErrorPanel error={content.error} onRetry={() => void content.refetch()} />}
        {content.data && <Content content={content.data} name={name} />}
        <Facts>
          {link !== undefined && (
            <Fact name={t('files.linkTo')} mono>
              {link}
            </Fact>
          )}
          {content.data && (
            <>
              <Fact name={t('image.size')}>
                <Bytes value={content.data.size} />
              </Fact>
              <Fact name="SHA-256">
                <Digest value={content.data.sha256} />
              </Fact>
            </>
          )}
          <Fact name={t('files.mode')} mono>
            {`${modeText(entry)} ${uid}:${gid}`}
          </Fact>
          {modified !== undefined && (
            <Fact name={t('files.modified')}>
              <RelativeTime value={modified} />
            </Fact>
          )}
          <Fact name={t('image.layers.number')}>{layer + 1}</Fact>
          <Fact name={t('files.path')} mono>
            <span className={classes.inline}>
              {`/${path}`}
              <CopyButton value={`/${path}`} label={t('files.copyPath')} />
            </span>
          </Fact>
        </Facts>
        <div>
          <Button
            variant="default"
            leftSection={<IconDownload size={14} />}
            loading={save.isPending}
            disabled={!content.data}
            onClick={() => save.mutate({ entry, folder: false })}
          >
            {t(desktopFiles() ? 'saving.save' : 'saving.download')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Content({ content, name }: { content: FileContent; name: string }) {
  const { t } = useTranslation();
  switch (content.kind) {
    case 'text':
      return (
        <>
          <ScrolledText label={t('files.textLabel')} className={classes.text}>
            {content.text}
          </ScrolledText>
          {content.truncated && (
            <p className={classes.note}>{t('files.truncated', { size: formatBytes(content.size) })}</p>
          )}
        </>
      );
    case 'picture':
      return (
        <div className={classes.picture}>
          <img src={`data:${content.mediaType};base64,${content.data}`} alt={name} />
        </div>
      );
    case 'binary':
      return <p className={classes.none}>{t('files.binary')}</p>;
  }
}
