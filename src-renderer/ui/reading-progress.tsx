import { Button, Progress } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './reading-progress.module.css';

export interface ReadingProgressProps {
  /** How far it is, in words. */
  text: string;
  /** 0 to 100. */
  percent: number;
  onCancel: () => void;
}

/** In the place of what is being read: how far it is, and the way to stop it. */
export function ReadingProgress({ text, percent, onCancel }: ReadingProgressProps) {
  const { t } = useTranslation();
  const id = useId();
  return (
    <div className={classes.reading} role="status">
      <span id={id}>{text}</span>
      <Progress.Root size="sm" className={classes.bar ?? ''}>
        <Progress.Section value={percent} aria-labelledby={id} />
      </Progress.Root>
      <Button variant="default" size="compact-xs" onClick={onCancel}>
        {t('common.cancel')}
      </Button>
    </div>
  );
}
