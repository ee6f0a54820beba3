import { useTranslation } from 'react-i18next';
import { CopyButton } from './copy-button.tsx';
import { shortDigest } from './format.ts';
import classes from './text.module.css';

/** A digest, shortened, with the whole in a tooltip and a button that copies it. */
export function Digest({ value }: { value: string }) {
  const { t } = useTranslation();
  return (
    <span className={classes.digest}>
      <span className={classes.mono} data-hint={value}>
        {shortDigest(value)}
      </span>
      <CopyButton value={value} label={t('common.copyDigest')} />
    </span>
  );
}
