import { ActionIcon } from '@mantine/core';
import { useClipboard } from '@mantine/hooks';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useTabIndex } from './row-focus.ts';

export interface CopyButtonProps {
  value: string;
  /** What is copied, for its name; "Copy" without. */
  label?: string;
}

export function CopyButton({ value, label }: CopyButtonProps) {
  const { t } = useTranslation();
  const clipboard = useClipboard({ timeout: 1500 });
  const name = clipboard.copied
    ? t('common.copied')
    : clipboard.error
      ? t('common.notCopied')
      : (label ?? t('common.copy'));
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="sm"
      aria-label={name}
      data-hint={name}
      tabIndex={useTabIndex()}
      onClick={() => clipboard.copy(value)}
    >
      {clipboard.copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
    </ActionIcon>
  );
}
