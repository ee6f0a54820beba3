import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './details-panel.module.css';

export interface DetailsPanelProps {
  /** Its name for screen readers. */
  label: string;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Everything of the row that was opened, below its table; a long one scrolls, so that the table stays in sight. */
export function DetailsPanel({ label, title, onClose, children }: DetailsPanelProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.details} aria-label={label}>
      <div className={classes.head}>
        <h2>{title}</h2>
        <CloseButton size="sm" aria-label={t('common.close')} onClick={onClose} />
      </div>
      {children}
    </section>
  );
}
