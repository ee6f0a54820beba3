import { IconPlayerPause } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useDryRun } from '../settings/queries.ts';
import classes from './layout.module.css';

/** Stays as long as nothing is started, whatever is planned. */
export function DryRunBanner() {
  const { t } = useTranslation();
  const { isOn } = useDryRun();
  if (!isOn) return null;
  return (
    <div className={classes.insecure} role="status" data-testid="dry-run">
      <IconPlayerPause size={16} aria-hidden />
      <span>{t('layout.dryRun')}</span>
      <Link to="/settings" className={classes.insecureLink}>
        {t('layout.dryRunSettings')}
      </Link>
    </div>
  );
}
