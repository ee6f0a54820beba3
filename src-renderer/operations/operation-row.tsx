import { ActionIcon, Button, Progress } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/contract/operations.ts';
import { orpc } from '../api.ts';
import { FailureDetails } from '../ui/error-panel.tsx';
import { formatBytes } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { toastFailure } from '../ui/toast.ts';
import { isLive, shareDone } from './snapshots.ts';
import { StatusIcon } from './status-icon.tsx';
import classes from './tray.module.css';
import { remainingText, subjectText } from './words.ts';

/** One operation: what it does, how far it is or how it ended, and what can be done about it. */
export function OperationRow({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { status, failure } = operation;
  const name = subjectText(t, operation.subject);
  return (
    <li className={classes.row} data-operation={operation.id} data-status={status}>
      <StatusIcon status={status} />
      <div className={classes.text} data-live={isLive(status) || undefined}>
        <span className={classes.name} title={name}>
          {name}
        </span>
        {isLive(status) ? (
          <Running operation={operation} name={name} />
        ) : (
          <span className={classes.facts}>
            <span>{t(`operations.status.${status}`)}</span>
            {operation.ended && <RelativeTime value={operation.ended} />}
            {failure && (
              <span className={classes.failure}>
                {t(`errors.${failure.code}.title`)}
                {failure.side && ` (${t(`operations.side.${failure.side}`)})`}
              </span>
            )}
            {status === 'interrupted' && <span>{t('operations.interruptedHelp')}</span>}
            <MovedBytes operation={operation} />
          </span>
        )}
      </div>
      <Actions operation={operation} name={name} />
      {failure && failure.code !== 'cancelled' && (
        <div className={classes.details}>
          <FailureDetails failure={failure} />
        </div>
      )}
    </li>
  );
}

function Running({ operation, name }: { operation: Operation; name: string }) {
  const { t } = useTranslation();
  const { bytes, steps, rate, remaining } = operation.progress;
  const percent = Math.round(shareDone(operation) * 100);
  return (
    <>
      <Progress.Root size={6}>
        <Progress.Section value={percent} aria-label={t('operations.progressLabel', { name })} />
      </Progress.Root>
      <span className={classes.facts}>
        {operation.status === 'queued' && <span>{t('operations.status.queued')}</span>}
        <span>{percent} %</span>
        {bytes.total > 0 ? (
          <span>
            {t('operations.bytesOf', { done: formatBytes(bytes.done), total: formatBytes(bytes.total) })}
          </span>
        ) : (
          <span>{t('operations.stepsOf', { done: steps.done, total: steps.total })}</span>
        )}
        {rate > 0 && <span>{t('operations.rate', { rate: formatBytes(rate) })}</span>}
        {remaining !== undefined && <span>{remainingText(t, remaining)}</span>}
      </span>
    </>
  );
}

/** How the bytes of a copy came there. */
function MovedBytes({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { bytesSent, bytesMounted, bytesPresent } = operation.progress;
  if (operation.subject.kind !== 'copy' || operation.status !== 'done') return null;
  return (
    <>
      {bytesSent > 0 && <span>{t('operations.sent', { bytes: formatBytes(bytesSent) })}</span>}
      {bytesMounted > 0 && <span>{t('operations.mounted', { bytes: formatBytes(bytesMounted) })}</span>}
      {bytesPresent > 0 && <span>{t('operations.present', { bytes: formatBytes(bytesPresent) })}</span>}
    </>
  );
}

function Actions({ operation, name }: { operation: Operation; name: string }) {
  const { t } = useTranslation();
  const cancel = useMutation(orpc.operations.cancel.mutationOptions({ onError: toastFailure }));
  const retry = useMutation(orpc.operations.retry.mutationOptions({ onError: toastFailure }));
  const undo = useMutation(orpc.operations.undo.mutationOptions({ onError: toastFailure }));
  const dismiss = useMutation(orpc.operations.dismiss.mutationOptions({ onError: toastFailure }));
  const input = { operationId: operation.id };
  const labelled = (action: string) => ({ 'aria-label': t('operations.actionOn', { action, name }) });
  const { status } = operation;
  if (isLive(status)) {
    return (
      <div className={classes.actions}>
        <Button
          size="compact-xs"
          variant="default"
          loading={cancel.isPending}
          onClick={() => cancel.mutate(input)}
          {...labelled(t('operations.cancel'))}
        >
          {t('operations.cancel')}
        </Button>
      </div>
    );
  }
  return (
    <div className={classes.actions}>
      {operation.undoable && (
        <Button
          size="compact-xs"
          variant="default"
          loading={undo.isPending}
          onClick={() => undo.mutate(input)}
          {...labelled(t('operations.undo'))}
        >
          {t('operations.undo')}
        </Button>
      )}
      {status !== 'done' && (
        <Button
          size="compact-xs"
          variant="default"
          loading={retry.isPending}
          onClick={() => retry.mutate(input)}
          {...labelled(t('operations.retry'))}
        >
          {t('operations.retry')}
        </Button>
      )}
      <ActionIcon
        data-hint={t('operations.dismiss')}
        size="sm"
        variant="subtle"
        color="gray"
        loading={dismiss.isPending}
        onClick={() => dismiss.mutate(input)}
        {...labelled(t('operations.dismiss'))}
      >
        <IconX size={14} />
      </ActionIcon>
    </div>
  );
}
