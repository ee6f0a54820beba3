import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatBytes } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import type { LayerItem } from './layer-items.ts';
import type { Reading } from './use-reading.ts';

export interface ReadingNoteProps {
  layers: readonly LayerItem[];
  missing: { layers: readonly number[]; bytes: number };
  reading: Reading;
}

/** In the place of the files, while layers have to be read for them: what that costs, or how far it is. */
export function ReadingNote({ layers, missing, reading }: ReadingNoteProps) {
  const { t } = useTranslation();
  const { progress, start, cancel } = reading;
  if (!progress)
    return (
      <EmptyState
        icon={<IconFolderSearch size={24} />}
        title={t('files.unread', { count: missing.layers.length })}
        action={<Button onClick={() => start(missing.layers)}>{t('files.read')}</Button>}
      >
        {t('files.unreadHelp', { size: formatBytes(missing.bytes) })}
      </EmptyState>
    );
  const total = missing.layers.reduce((bytes, index) => bytes + (layers[index]?.size ?? 0), 0);
  const read = missing.layers.reduce((bytes, index) => bytes + (progress.get(index)?.read ?? 0), 0);
  const percent = total === 0 ? 0 : Math.min(100, (100 * read) / total);
  return (
    <ReadingProgress
      text={t('files.reading', { read: formatBytes(read), total: formatBytes(total) })}
      percent={percent}
      onCancel={cancel}
    />
  );
}
