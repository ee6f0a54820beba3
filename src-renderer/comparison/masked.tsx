import { useTranslation } from 'react-i18next';
import classes from './comparison.module.css';

/** Stands in the place of something that looks like a secret. */
export function Masked() {
  const { t } = useTranslation();
  return (
    <span className={classes.quiet} data-hint={t('comparison.masked')}>
      ••••••••
    </span>
  );
}
