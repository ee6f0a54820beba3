import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Statistic } from '../../src-main/engine/vocabulary/registry-facts.ts';
import { orpc } from '../api.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatCount } from '../ui/format.ts';
import classes from './products.module.css';

const BYTES: ReadonlySet<Statistic> = new Set([
  'storageUsed',
  'storageTotal',
  'storageFree',
  'memoryUsed',
  'cachePulled',
]);

export interface AboutRegistryProps {
  accountId: string;
  /** As its answers showed, where it says none itself. */
  version: string | undefined;
}

/** What a registry says of itself: version, health, numbers. */
export function AboutRegistry({ accountId, version: shown }: AboutRegistryProps) {
  const { t, i18n } = useTranslation();
  const self = useQuery(orpc.products.describe.queryOptions({ input: { accountId } }));
  if (self.isPending) return <Skeleton height={120} aria-label={t('common.loading')} />;
  if (self.isError) return <ErrorPanel error={self.error} onRetry={() => void self.refetch()} />;
  const { version = shown, health, statistics, readOnly, unread } = self.data;
  return (
    <Card wide title={t('administration.about')} testId="about-registry">
      {readOnly && <p>{t('administration.readOnly')}</p>}
      <Facts>
        <Fact name={t('administration.version')}>{version ?? t('administration.unsaid')}</Fact>
        {health.map(({ name, healthy, reason }) => (
          <Fact key={name} name={name}>
            {t(healthy ? 'administration.healthy' : 'administration.unhealthy')} {reason}
          </Fact>
        ))}
        {(Object.entries(statistics) as [Statistic, number][]).map(([name, value]) => (
          <Fact key={name} name={t(`administration.statistics.${name}`)}>
            {BYTES.has(name) ? <Bytes value={value} /> : formatCount(value, i18n.language)}
          </Fact>
        ))}
      </Facts>
      {unread.map((what) => (
        <p key={what} className={classes.quiet}>
          {t('administration.unread', { what })}
        </p>
      ))}
    </Card>
  );
}
