import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './refresh-button.module.css';

export interface RefreshButtonProps {
  /** It is being read again: the arrows turn, the word stays where it is. */
  busy: boolean;
  onClick: () => void;
}

/** Reads a page's content again. */
export function RefreshButton({ busy, onClick }: RefreshButtonProps) {
  const { t } = useTranslation();
  return (
    <Button
      variant="default"
      leftSection={<IconRefresh size={14} className={classes.icon} data-busy={busy || undefined} />}
      aria-busy={busy}
      onClick={() => {
        if (!busy) onClick();
      }}
    >
      {t('common.refresh')}
    </Button>
  );
}
