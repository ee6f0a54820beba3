import { Button, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import { IconBuildingLighthouse, IconFileImport, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccounts } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { useIsStartingLocalRegistry, useStartLocalRegistry } from '../local-registry/queries.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import classes from './welcome.module.css';

/** Three ways to begin; the first registry where there are some. */
export function WelcomePage() {
  const { t } = useTranslation();
  const accounts = useAccounts();
  const starting = useIsStartingLocalRegistry();
  useDocumentTitle(t('common.appName'));
  const first = accounts.data?.[0];
  if (first && !starting)
    return <Navigate to="/registries/$accountId" params={{ accountId: first.id }} replace />;
  if (accounts.isPending) return null;
  return (
    <Page>
      <div className={classes.welcome}>
        <Title order={1}>{t('welcome.title')}</Title>
        <p className={classes.intro}>{t('welcome.intro')}</p>
        {accounts.isError && <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
        <div className={classes.cards}>
          <Card
            icon={<IconPlus size={22} />}
            title={t('welcome.add.title')}
            text={t('welcome.add.text')}
            action={
              <Button size="sm" renderRoot={(props) => <Link to="/accounts/new" {...props} />}>
                {t('welcome.add.action')}
              </Button>
            }
          />
          <ImportCard />
          <LocalCard />
        </div>
      </div>
    </Page>
  );
}

interface CardProps {
  icon: ReactNode;
  title: string;
  text: string;
  action: ReactNode;
}

function Card({ icon, title, text, action }: CardProps) {
  return (
    <section className={classes.card}>
      <span className={classes.icon} aria-hidden>
        {icon}
      </span>
      <Title order={2} fz="md">
        {title}
      </Title>
      <p>{text}</p>
      <div className={classes.action}>{action}</div>
    </section>
  );
}

function ImportCard() {
  const { t } = useTranslation();
  const sources = useQuery(orpc.accounts.findSignIns.queryOptions());
  const fresh = sources.data?.found.filter((signIn) => !signIn.known).length ?? 0;
  const troubled = sources.isError || (fresh === 0 && (sources.data?.problems.length ?? 0) > 0);
  const text = sources.isPending
    ? t('welcome.import.looking')
    : troubled
      ? t('welcome.import.unreadable')
      : fresh > 0
        ? t('welcome.import.found', { count: fresh })
        : t('welcome.import.none');
  return (
    <Card
      icon={<IconFileImport size={22} />}
      title={t('welcome.import.title')}
      text={text}
      action={
        <Button size="sm" variant="default" renderRoot={(props) => <Link to="/accounts/import" {...props} />}>
          {t(fresh > 0 ? 'welcome.import.action' : 'welcome.import.look')}
        </Button>
      }
    />
  );
}

function LocalCard() {
  const { t } = useTranslation();
  const start = useStartLocalRegistry();
  return (
    <Card
      icon={<IconBuildingLighthouse size={22} />}
      title={t('welcome.local.title')}
      text={t('welcome.local.text')}
      action={
        <Button
          size="sm"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate({ samples: true })}
        >
          {t('welcome.local.action')}
        </Button>
      }
    />
  );
}
