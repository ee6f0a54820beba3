import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../commands/use-commands.ts';
import classes from './refresh-button.module.css';

export interface RefreshButtonProps {
  /** It is being read again: the arrows turn, the word stays where it is. */
  busy: boolean;
  onClick: () => void;
}

/** Reads a page's content again. */
export function RefreshButton({ busy, onClick }: RefreshButtonProps) {
  const { t } = useTranslation();
  const refresh = () => {
    if (!busy) onClick();
  };
  useCommands([
    {
      id: 'page.refresh',
      group: 'page',
      label: t('common.refresh'),
      words: 'refresh reload again update 刷新 重新加载 更新',
      keys: ['F5'],
      icon: IconRefresh,
      run: refresh,
    },
  ]);
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={14} className={classes.icon} data-busy={busy || undefined} />}
      aria-busy={busy}
      aria-keyshortcuts="F5"
      onClick={refresh}
    >
      {t('common.refresh')}
    </Button>
  );
}
