import { Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, lineOf } from '../operation-kinds.ts';
import { FailureDetails } from '../ui/error-panel.tsx';
import { failureWords } from '../ui/failure-words.ts';
import { formatBytes } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { OperationActions } from './operation-actions.tsx';
import { isLive, shareDone } from './snapshots.ts';
import classes from './tray.module.css';
import { remainingText } from './words.ts';

/** One operation: what it does, how far it is or how it ended, and what can be done about it. */
export function OperationRow({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { status, failure } = operation;
  const name = lineOf(t, operation);
  return (
    <li className={classes.row} data-operation={operation.id} data-status={status}>
      <StatusIcon status={status} />
      <div className={classes.text} data-live={isLive(status) || undefined}>
        {isTransfer(operation) ? (
          <Link
            className={classes.name}
            title={name}
            to="/transfers/$operationId"
            params={{ operationId: operation.id }}
          >
            {name}
          </Link>
        ) : (
          <span className={classes.name} title={name}>
            {name}
          </span>
        )}
        {isLive(status) ? (
          <Running operation={operation} name={name} />
        ) : (
          <span className={classes.facts}>
            <span>{t(`operations.status.${status}`)}</span>
            {operation.ended && <RelativeTime value={operation.ended} />}
            {failure && (
              <span className={classes.failure}>
                {failureWords(t, failure).title}
                {failure.side && ` (${t(`operations.side.${failure.side}`)})`}
              </span>
            )}
            {status === 'interrupted' && <span>{t('operations.interruptedHelp')}</span>}
            {status === 'paused' && <PausedAt operation={operation} />}
            <MovedBytes operation={operation} />
          </span>
        )}
      </div>
      <OperationActions operation={operation} name={name} dismissable />
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

/** How far it was. */
function PausedAt({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { bytes } = operation.progress;
  if (bytes.total === 0) return null;
  return (
    <span>{t('operations.bytesOf', { done: formatBytes(bytes.done), total: formatBytes(bytes.total) })}</span>
  );
}

/** How the bytes of a transfer came there. */
function MovedBytes({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { bytesSent, bytesMounted, bytesPresent } = operation.progress;
  if (!isTransfer(operation) || operation.status !== 'done') return null;
  return (
    <>
      {bytesSent > 0 && <span>{t('operations.sent', { bytes: formatBytes(bytesSent) })}</span>}
      {bytesMounted > 0 && <span>{t('operations.mounted', { bytes: formatBytes(bytesMounted) })}</span>}
      {bytesPresent > 0 && <span>{t('operations.present', { bytes: formatBytes(bytesPresent) })}</span>}
    </>
  );
}
