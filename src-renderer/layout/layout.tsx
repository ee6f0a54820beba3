import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useConnectionState } from '../api.ts';
import { OperationsTray } from '../operations/tray.tsx';
import classes from './layout.module.css';
import { Navigation } from './navigation.tsx';

/** The frame of the window: navigation, page, operations tray. */
export function Layout() {
  const { t } = useTranslation();
  const connection = useConnectionState();
  return (
    <div className={classes.frame}>
      <Navigation />
      <div className={classes.centre}>
        {connection === 'lost' && (
          <div className={classes.lost} role="alert">
            {t('layout.connectionLost')}
          </div>
        )}
        <main id="content" className={classes.main} tabIndex={-1}>
          <Outlet />
        </main>
        <OperationsTray />
      </div>
    </div>
  );
}
