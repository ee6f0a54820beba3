import { Skeleton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageScope, StorageSummary } from '../../src-main/common/storage.ts';
import { Bytes } from '../ui/bytes.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { formatShare } from './share.tsx';
import classes from './storage.module.css';

/** The sums of what is shown, each with what it means. */
export function Totals({ scope, summary }: { scope: StorageScope; summary: StorageSummary }) {
  const { t, i18n } = useTranslation();
  const { uniqueBytes, referencedBytes, sharedBytes, exclusiveBytes } = summary;
  const isPart = scope.namespace !== undefined || scope.repository !== undefined;
  const saved = referencedBytes - uniqueBytes;
  const counts = (['repositories', 'tags', 'manifests'] as const)
    .map((what) =>
      t(`storage.counts.${what}`, {
        count: summary[what],
        formatted: formatCount(summary[what], i18n.language),
      }),
    )
    .join(' · ');
  const of = (bytes: number) =>
    uniqueBytes > 0 ? t('storage.ofUnique', { share: formatShare(bytes / uniqueBytes, i18n.language) }) : '';
  return (
    <dl className={classes.totals} data-testid="totals">
      <Total name={t('storage.unique')} bytes={uniqueBytes} help={t('storage.uniqueHelp')}>
        {counts}
      </Total>
      <Total name={t('storage.referenced')} bytes={referencedBytes} help={t('storage.referencedHelp')}>
        {saved > 0 ? t('storage.savedBySharing', { bytes: formatBytes(saved) }) : t('storage.nothingShared')}
      </Total>
      <Total name={t('storage.shared')} bytes={sharedBytes} help={t('storage.sharedHelp')}>
        {of(sharedBytes)}
      </Total>
      {isPart && (
        <Total name={t('storage.exclusive')} bytes={exclusiveBytes} help={t('storage.exclusiveHelp')}>
          {of(exclusiveBytes)}
        </Total>
      )}
    </dl>
  );
}

/** Stands for the sums while they are worked out. */
export function TotalsSkeleton() {
  return (
    <div className={classes.totals} aria-hidden>
      {['unique', 'referenced', 'shared'].map((each) => (
        <div key={each} className={classes.total}>
          <Skeleton height={9} width={72} my={5} />
          <Skeleton height={15} width={88} my={5} />
          <Skeleton height={9} width={150} my={5} />
        </div>
      ))}
    </div>
  );
}

interface TotalProps {
  name: string;
  bytes: number;
  help: string;
  children: ReactNode;
}

/** One sum of a row of them. */
export function Total({ name, bytes, help, children }: TotalProps) {
  return (
    <div className={classes.total}>
      <dt data-hint={help}>{name}</dt>
      <dd className={classes.amount}>
        <Bytes value={bytes} />
      </dd>
      <dd className={classes.quiet}>{children}</dd>
    </div>
  );
}
