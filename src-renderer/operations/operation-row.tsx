import { Button, Progress } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { failureLine } from '../ui/failure-words.ts';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { detailsLink } from './details-link.ts';
import { OperationActions } from './operation-actions.tsx';
import { isLive, shareDone } from './snapshots.ts';
import { amountsText, failedText, remainingText } from './words.ts';
import classes from './work.module.css';

/** One operation: what it does, how far it is or why it stands, and what can be done about it. */
export function OperationRow({ operation, name }: { operation: Operation; name: string }) {
  const { t } = useTranslation();
  const { status } = operation;
  const link = detailsLink(operation);
  return (
    <li className={classes.row} data-operation={operation.id} data-status={status}>
      <StatusIcon status={status} />
      <Link className={classes.name} {...link}>
        {name}
      </Link>
      <div className={classes.text}>
        {isLive(status) ? (
          <Running operation={operation} name={name} />
        ) : (
          <Facts>
            {status === 'failed' ? (
              <Failed operation={operation} />
            ) : (
              <span>{t(`operations.status.${status}`)}</span>
            )}
            {status !== 'failed' && <Amounts operation={operation} />}
            {operation.ended && <RelativeTime value={operation.ended} />}
            {status === 'interrupted' && <span>{t('operations.interruptedHelp')}</span>}
          </Facts>
        )}
      </div>
      <div className={classes.buttons}>
        {status === 'failed' && (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('operations.actionOn', { action: t('common.details'), name })}
            renderRoot={(props) => <Link {...link} {...props} />}
          >
            {t('common.details')}
          </Button>
        )}
        <OperationActions operation={operation} name={name} dismissable={!operation.actions.cancel} />
      </div>
    </li>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <div className={classes.facts}>{children}</div>;
}

function Amounts({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  return amountsText(t, i18n.language, operation).map((text) => <span key={text}>{text}</span>);
}

function Running({ operation, name }: { operation: Operation; name: string }) {
  const { t, i18n } = useTranslation();
  const { rate, remaining } = operation.progress;
  const share = shareDone(operation);
  return (
    <>
      <Progress.Root size={4}>
        <Progress.Section value={share * 100} aria-label={t('operations.progressLabel', { name })} />
      </Progress.Root>
      <Facts>
        {operation.status === 'queued' ? (
          <span>{t('operations.status.queued')}</span>
        ) : (
          <strong>{formatPercent(share, i18n.language)}</strong>
        )}
        <Amounts operation={operation} />
        {rate > 0 && <span>{t('operations.rate', { rate: formatBytes(rate) })}</span>}
        {remaining !== undefined && <span>{remainingText(t, remaining)}</span>}
      </Facts>
    </>
  );
}

/** How much of it failed, then why. */
function Failed({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  const { failure } = operation;
  const failed = failedText(t, i18n.language, operation);
  return (
    <>
      {failed !== undefined && <strong className={classes.failure}>{failed}</strong>}
      {failure && <span className={classes.failure}>{failureLine(t, failure)}</span>}
    </>
  );
}
