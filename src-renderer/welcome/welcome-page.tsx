import { Button, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import {
  IconArrowsRightLeft,
  IconBuildingLighthouse,
  IconCheck,
  IconFileImport,
  IconPlus,
  IconTrash,
  IconZoomScan,
} from '@tabler/icons-react';
import { Link, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FoundSignIns, useFoundSignIns } from '../accounts/found-sign-ins.tsx';
import { PastedField } from '../accounts/pasted-field.tsx';
import { GUIDES } from '../accounts/products.ts';
import { useAccounts } from '../accounts/queries.ts';
import { useIsStartingLocalRegistry, useStartLocalRegistry } from '../local-registry/queries.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Page } from '../ui/page.tsx';
import { ProductMark } from '../ui/product-mark.tsx';
import classes from './welcome.module.css';

const JOBS = [
  { job: 'look', icon: IconZoomScan },
  { job: 'clean', icon: IconTrash },
  { job: 'move', icon: IconArrowsRightLeft },
] as const;

/** What there is to try with the samples. */
const SAMPLES = ['images', 'chart', 'push'] as const;

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
        <header className={classes.hero}>
          <img src="/icon.svg" alt="" width={56} height={56} />
          <div>
            <Title order={1} className={classes.title ?? ''}>
              {t('welcome.title')}
            </Title>
            <ul className={classes.jobs}>
              {JOBS.map(({ job, icon: Icon }) => (
                <li key={job}>
                  <Icon size={16} aria-hidden />
                  {t(`welcome.jobs.${job}`)}
                </li>
              ))}
            </ul>
          </div>
        </header>
        {accounts.isError && <ErrorPanel error={accounts.error} onRetry={() => void accounts.refetch()} />}
        <AddCard />
        <div className={classes.pair}>
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
  main?: boolean;
  children: ReactNode;
}

function Card({ icon, title, text, main = false, children }: CardProps) {
  return (
    <section className={classes.card} data-main={main || undefined}>
      <div className={classes.head}>
        <span className={classes.icon} aria-hidden>
          {icon}
        </span>
        <div>
          <Title order={2} fz="md">
            {title}
          </Title>
          <p>{text}</p>
        </div>
      </div>
      {children}
    </section>
  );
}

function AddCard() {
  const { t } = useTranslation();
  return (
    <Card main icon={<IconPlus size={20} />} title={t('welcome.add.title')} text={t('welcome.add.text')}>
      <PastedField autoFocus />
      <div className={classes.products}>
        {GUIDES.map(({ system }) => (
          <Link
            key={system}
            to="/accounts/new"
            search={{ product: system }}
            className={classes.product}
            data-hint={t(`accounts.products.${system}.name`)}
          >
            <ProductMark system={system} size={22} />
          </Link>
        ))}
        <Button
          variant="subtle"
          className={classes.all ?? ''}
          renderRoot={(props) => <Link to="/accounts/new" {...props} />}
        >
          {t('welcome.add.action')}
        </Button>
      </div>
    </Card>
  );
}

function ImportCard() {
  const { t } = useTranslation();
  const fresh = useFoundSignIns().data?.found.filter(({ known }) => !known).length ?? 0;
  return (
    <Card
      icon={<IconFileImport size={20} />}
      title={t('welcome.import.title')}
      text={fresh > 0 ? t('welcome.import.found', { count: fresh }) : t('welcome.import.text')}
    >
      <FoundSignIns />
    </Card>
  );
}

function LocalCard() {
  const { t } = useTranslation();
  const start = useStartLocalRegistry();
  return (
    <Card
      icon={<IconBuildingLighthouse size={20} />}
      title={t('welcome.local.title')}
      text={t('welcome.local.text')}
    >
      <ul className={classes.samples}>
        {SAMPLES.map((sample) => (
          <li key={sample}>
            <IconCheck size={15} aria-hidden />
            {t(`welcome.local.samples.${sample}`)}
          </li>
        ))}
      </ul>
      <div className={classes.action}>
        <Button
          size="sm"
          variant="default"
          loading={start.isPending}
          onClick={() => start.mutate({ samples: true })}
        >
          {t('welcome.local.action')}
        </Button>
      </div>
    </Card>
  );
}
