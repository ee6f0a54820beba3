import { Button, Progress } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay, IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Scan } from '../../src-main/common/inventory.ts';
import { orpc } from '../api.ts';
import { failureReason } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.tsx';
import type { ShownScans } from './scans.ts';
import classes from './storage.module.css';

/** How far a scan is that works or was stopped, and what can be done about it. */
export function ScanPanel({ scans: { running, last } }: { scans: ShownScans }) {
  const { t, i18n } = useTranslation();
  const options = { onError: toastFailure };
  const pause = useMutation(orpc.inventory.pause.mutationOptions(options));
  const resume = useMutation(orpc.inventory.resume.mutationOptions(options));
  const cancel = useMutation(orpc.inventory.cancel.mutationOptions(options));
  const stopped = last && (last.status === 'done' || last.status === 'cancelled') ? undefined : last;
  const scan = running ?? stopped;
  if (!scan) return null;
  const format = (count: number) => formatCount(count, i18n.language);
  const { repositories, tags, requests, failure } = scan;
  const ref = { scanId: scan.id };
  return (
    <section className={classes.scan} aria-label={t('storage.scan.progress')} data-scan={scan.status}>
      <strong>{titleOf(t, scan)}</strong>
      {scan.listed && repositories.total > 0 && (
        <Progress
          className={classes.progress ?? ''}
          value={(repositories.done / repositories.total) * 100}
          aria-label={t('storage.scan.progress')}
          size="sm"
        />
      )}
      <span className={classes.grow}>
        {[
          scan.repository ?? scan.namespace,
          t('storage.scan.repositories', {
            done: format(repositories.done),
            total: format(repositories.total),
          }),
          t('storage.scan.tags', { done: format(tags.done), total: format(tags.total) }),
          t('storage.scan.requests', { count: requests, formatted: format(requests) }),
          failure && failureReason(t, failure),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
      {running ? (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlayerPause size={13} />}
          loading={pause.isPending}
          onClick={() => pause.mutate(ref)}
        >
          {t('storage.scan.pause')}
        </Button>
      ) : (
        <Button
          variant="default"
          size="compact-xs"
          leftSection={<IconPlayerPlay size={13} />}
          loading={resume.isPending}
          onClick={() => resume.mutate(ref)}
        >
          {t('storage.scan.resume')}
        </Button>
      )}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<IconX size={13} />}
        loading={cancel.isPending}
        onClick={() => cancel.mutate(ref)}
      >
        {t('storage.scan.cancel')}
      </Button>
    </section>
  );
}

function titleOf(t: TFunction, { status }: Scan): string {
  if (status === 'running') return t('storage.scan.running');
  return t(status === 'failed' ? 'storage.scan.failed' : 'storage.scan.paused');
}
