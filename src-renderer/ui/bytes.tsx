import { useTranslation } from 'react-i18next';
import { formatBytes, formatCount } from './format.ts';
import classes from './text.module.css';

/** A size in decimal units, with the exact bytes in a tooltip. */
export function Bytes({ value }: { value: number }) {
  const { t, i18n } = useTranslation();
  const exact = t('common.exactBytes', { count: value, formatted: formatCount(value, i18n.language) });
  return (
    <span className={classes.number} data-hint={exact}>
      {formatBytes(value)}
    </span>
  );
}
