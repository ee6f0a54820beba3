import { Button } from '@mantine/core';
import { IconArrowsRightLeft, IconCopy, IconUpload } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../accounts/queries.ts';
import classes from './pages.module.css';

const PushDialog = lazy(() =>
  import('../push/push-dialog.tsx').then((push) => ({ default: push.PushDialog })),
);

/** What to do where nothing was moved yet: the three ways to begin. */
export function Begin() {
  const { t } = useTranslation();
  const { data: accounts } = useAccounts();
  const [pushes, setPushes] = useState(false);
  const [first] = accounts ?? [];
  return (
    <div className={classes.begin}>
      <h2>{t('transferPages.emptyTitle')}</h2>
      <p className={classes.quiet}>{t('transferPages.emptyHelp')}</p>
      <div className={classes.ways}>
        <Way
          icon={<IconArrowsRightLeft size={22} />}
          title={t('transferPages.begin.sync')}
          help={t('transferPages.begin.syncHelp')}
        >
          <Button renderRoot={(props) => <Link to="/transfers/new" {...props} />}>
            {t('transferPages.new')}
          </Button>
        </Way>
        <Way
          icon={<IconCopy size={22} />}
          title={t('transferPages.begin.copy')}
          help={t('transferPages.begin.copyHelp')}
        >
          <Button
            variant="default"
            renderRoot={(props) =>
              first ? (
                <Link to="/registries/$accountId" params={{ accountId: first.id }} {...props} />
              ) : (
                <Link to="/accounts/new" {...props} />
              )
            }
          >
            {t(first ? 'transferPages.begin.copyAction' : 'layout.addRegistry')}
          </Button>
        </Way>
        <Way
          icon={<IconUpload size={22} />}
          title={t('transferPages.begin.push')}
          help={t('transferPages.begin.pushHelp')}
        >
          <Button variant="default" onClick={() => setPushes(true)}>
            {t('transferPages.begin.pushAction')}
          </Button>
        </Way>
      </div>
      {pushes && (
        <Suspense>
          <PushDialog onClose={() => setPushes(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface WayProps {
  icon: ReactNode;
  title: string;
  help: string;
  /** Its button. */
  children: ReactNode;
}

function Way({ icon, title, help, children }: WayProps) {
  return (
    <section className={classes.beginWay} aria-label={title}>
      <span className={classes.beginIcon} aria-hidden>
        {icon}
      </span>
      <h3>{title}</h3>
      <p className={classes.quiet}>{help}</p>
      {children}
    </section>
  );
}
