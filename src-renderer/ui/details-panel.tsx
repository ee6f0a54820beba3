import { CloseButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './details-panel.module.css';

export interface WithDetailsProps {
  /** A table. */
  children: ReactNode;
  /** A `DetailsPanel`, where a row is opened. */
  details: ReactNode;
}

/** A table with the details of one of its rows at its side: it keeps its height, so that the row stays where it is. */
export function WithDetails({ children, details }: WithDetailsProps) {
  return (
    <div className={classes.beside}>
      {children}
      {details}
    </div>
  );
}

export interface DetailsPanelProps {
  /** Its name for screen readers. */
  label: string;
  title: string;
  onClose: () => void;
  children: ReactNode;
}

/** Everything of the row that was opened; a long one scrolls. */
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
