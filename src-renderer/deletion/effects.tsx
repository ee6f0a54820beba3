import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './deletion.module.css';

/** What a deletion does in all, side by side. */
export function Effects({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <ul className={classes.effects} data-testid="plan" aria-label={t('plans.willHappen')}>
      {children}
    </ul>
  );
}

export function Effect({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <li className={classes.effect}>
      <strong>{title}</strong>
      <span className={classes.quiet}>{children}</span>
    </li>
  );
}
