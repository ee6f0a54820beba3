import { Button } from '@mantine/core';
import { IconFolderSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import type { LayersRead } from './use-reading.ts';

export interface UnreadProps {
  reading: LayersRead;
  title: string;
  /** What reading costs. */
  help: string;
  /** The button that starts it. */
  action: string;
  onStart: () => void;
}

/** In the place of what layers would say, while they have to be read for it: what that costs, how far it is, or why it ended. */
export function Unread({ reading, title, help, action, onStart }: UnreadProps) {
  const { error, running } = reading;
  if (running) return <Progress reading={reading} />;
  if (error !== undefined) return <ErrorPanel error={error} onRetry={onStart} />;
  return (
    <EmptyState
      icon={<IconFolderSearch size={24} />}
      title={title}
      action={<Button onClick={onStart}>{action}</Button>}
    >
      {help}
    </EmptyState>
  );
}

export function Progress({ reading: { progress, cancel } }: Pick<UnreadProps, 'reading'>) {
  const { t } = useTranslation();
  const { done = 0, layers = 0, read = 0, size = 0 } = progress ?? {};
  const share = size === 0 ? 0 : read / size;
  return (
    <ReadingProgress
      text={
        progress
          ? t('packages.reading', {
              number: Math.min(done + 1, layers),
              layers,
              read: formatBytes(read),
              size: formatBytes(size),
            })
          : t('comparison.starting')
      }
      percent={layers === 0 ? 0 : Math.min(100, (100 * (done + share)) / layers)}
      onCancel={cancel}
    />
  );
}
