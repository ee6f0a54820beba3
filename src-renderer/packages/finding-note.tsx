import { Button } from '@mantine/core';
import { IconPackages } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatBytes } from '../ui/format.ts';
import { ReadingProgress } from '../ui/reading-progress.tsx';
import type { Finding } from './use-finding.ts';

/** In the place of the packages, while layers have to be read for them: what that costs, or how far it is. */
export function FindingNote({ finding, cost }: { finding: Finding; cost: number }) {
  const { t } = useTranslation();
  const { running, progress, start, cancel } = finding;
  if (!running)
    return (
      <EmptyState
        icon={<IconPackages size={24} />}
        title={t('packages.unread')}
        action={<Button onClick={start}>{t('packages.find')}</Button>}
      >
        {t('packages.unreadHelp', { size: formatBytes(cost) })}
      </EmptyState>
    );
  const { layer = 0, layers = 1, read = 0, size = 0 } = progress ?? {};
  const part = size === 0 ? 0 : read / size;
  return (
    <ReadingProgress
      text={
        progress
          ? t('packages.reading', {
              number: layer + 1,
              layers,
              read: formatBytes(read),
              size: formatBytes(size),
            })
          : t('packages.looking')
      }
      percent={(100 * (layer + part)) / layers}
      onCancel={cancel}
    />
  );
}
