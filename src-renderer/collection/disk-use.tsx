import { Checkbox } from '@mantine/core';
import { IconRecycle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Amount, LocalRegistryUsage } from '../../src-main/common/collection.ts';
import { useAccount } from '../accounts/queries.ts';
import { api, orpc } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { BlockSkeleton } from '../ui/block-skeleton.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes, formatCount } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.tsx';
import classes from './collection.module.css';
import { Unreadable } from './unreadable.tsx';

/** What the embedded registry's folder takes on the disk and for what, and the way to a collection's dry run. */
export function LocalRegistryDiskUse({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const usage = useQuery(orpc.localRegistry.usage.queryOptions());
  return (
    <Card wide title={t('collection.disk.title')} testId="disk-use">
      {usage.isPending && <BlockSkeleton height={10} mt="sm" />}
      {usage.isError && <ErrorPanel error={usage.error} onRetry={() => void usage.refetch()} />}
      {usage.data && <Shown usage={usage.data} />}
      {usage.data && <Collect accountId={accountId} />}
    </Card>
  );
}

type Part = 'used' | 'untagged' | 'orphaned' | 'recent' | 'uploads' | 'leftovers';

function partsOf({
  referenced,
  untagged,
  orphaned,
  recent,
  uploads,
  drafts,
}: LocalRegistryUsage): readonly (Amount & { part: Part })[] {
  const { open, expired } = uploads;
  const leftovers = { count: expired.count + drafts.count, bytes: expired.bytes + drafts.bytes };
  // What manifests without a tag alone hold is referenced, too.
  const used = { count: referenced.count, bytes: referenced.bytes - untagged.bytes };
  const all: readonly (Amount & { part: Part })[] = [
    { part: 'used', ...used },
    { part: 'untagged', ...untagged },
    { part: 'orphaned', ...orphaned },
    { part: 'recent', ...recent },
    { part: 'uploads', ...open },
    { part: 'leftovers', ...leftovers },
  ];
  const always: readonly Part[] = ['used', 'untagged', 'orphaned'];
  return all.filter(({ part, count }) => count > 0 || always.includes(part));
}

function Shown({ usage }: { usage: LocalRegistryUsage }) {
  const { t, i18n } = useTranslation();
  const { disk } = usage;
  const parts = partsOf(usage);
  const counted = (count: number) => ({ count, formatted: formatCount(count, i18n.language) });
  return (
    <>
      <p className={classes.total}>
        <strong data-testid="on-disk" data-bytes={disk.allocated}>
          {t('collection.disk.total', { bytes: formatBytes(disk.allocated) })}
        </strong>
        <span className={classes.quiet}>{t('collection.disk.files', counted(disk.files))}</span>
      </p>
      <div className={classes.bar} aria-hidden="true">
        {parts.map(
          ({ part, bytes }) =>
            bytes > 0 && (
              <div key={part} className={classes.part} data-part={part} style={{ flexGrow: bytes }} />
            ),
        )}
      </div>
      <dl className={classes.parts} aria-label={t('collection.disk.barLabel')}>
        {parts.map(({ part, count, bytes }) => (
          <div key={part} data-testid={`disk-${part}`}>
            <dt>
              <span className={classes.key} data-part={part} aria-hidden="true" />
              <span {...(part === 'recent' && { 'data-hint': t('collection.disk.recentHelp') })}>
                {t(`collection.disk.${part}`)}
              </span>
            </dt>
            <dd className={classes.quiet}>
              {part !== 'used' &&
                t(
                  part === 'untagged' ? 'collection.disk.manifests' : 'collection.disk.parts',
                  counted(count),
                )}
            </dd>
            <dd>
              <Bytes value={bytes} />
            </dd>
          </div>
        ))}
      </dl>
      <Unreadable names={usage.unreadable} />
    </>
  );
}

function Collect({ accountId }: { accountId: string }) {
  const { t } = useTranslation();
  const account = useAccount(accountId);
  const [untagged, setUntagged] = useState(false);
  const plan = useMakePlan();
  return (
    <div className={classes.collect}>
      <Checkbox
        label={t('collection.disk.withUntagged')}
        description={t('collection.disk.withUntaggedHelp')}
        checked={untagged}
        onChange={(event) => setUntagged(event.currentTarget.checked)}
      />
      <ActionButton
        variant="default"
        leftSection={<IconRecycle size={14} />}
        loading={plan.isPending}
        reason={account?.readOnly ? t('collection.disk.readOnly') : undefined}
        onClick={() =>
          plan.mutate((signal) => api.localRegistry.planCollection({ untagged }, signal ? { signal } : {}), {
            onError: toastFailure,
          })
        }
      >
        {t('collection.disk.plan')}
      </ActionButton>
      <span className={classes.help}>{t('collection.disk.help')}</span>
    </div>
  );
}
