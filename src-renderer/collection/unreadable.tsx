import { useTranslation } from 'react-i18next';
import { namesText } from '../ui/names.ts';
import classes from './collection.module.css';

/** Names in one line. */
const NAMED = 5;

/** Repositories of which nothing is taken, because a manifest of them cannot be read. */
export function Unreadable({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  if (names.length === 0) return null;
  return (
    <p className={classes.warning} data-testid="unreadable">
      {t('collection.disk.unreadable', { count: names.length, names: namesText(t, names, NAMED) })}
    </p>
  );
}
