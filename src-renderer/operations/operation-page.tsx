import { Progress } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, kindNamed } from '../operation-kinds.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureOf } from '../ui/failure.ts';
import { formatBytes, formatPercent } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { DestinationButton } from './destination-button.tsx';
import { LayersInFlight } from './layers-in-flight.tsx';
import classes from './operation.module.css';
import { OperationActions } from './operation-actions.tsx';
import { OperationItems } from './operation-items.tsx';
import { operationQueries } from './queries.ts';
import { isLive, shareDone } from './snapshots.ts';
import { useLine } from './use-line.ts';
import { useLookedAt } from './use-looked-at.ts';
import { useOperation } from './use-operation.ts';
import { amountsText, durationText, failedText, remainingText } from './words.ts';

const route = getRouteApi('/transfers/$operationId');

/** One operation from near. */
export function OperationPage() {
  const { t } = useTranslation();
  const { operationId } = route.useParams();
  const { operation, error, refetch } = useOperation(operationId);
  const kind = operation && kindNamed(operation.subject.kind);
  const Actions = kind?.Actions;
  const line = useLine();
  const name = operation ? line(operation) : t('transferPages.title');
  return (
    <Page>
      <PageHeader
        title={name}
        breadcrumbs={[{ label: t('transferPages.title'), link: { to: '/transfers' } }]}
        actions={
          operation && (
            <>
              {Actions && (
                <Suspense>
                  <Actions operation={operation} />
                </Suspense>
              )}
              <DestinationButton operation={operation} />
              <OperationActions operation={operation} name={name} size="xs" />
            </>
          )
        }
        meta={operation && <Facts operation={operation} />}
      />
      {error !== null && <ErrorPanel error={error} {...(isGone(error) ? {} : { onRetry: refetch })} />}
      {!operation && error === null && <TableSkeleton rows={8} />}
      {operation && <Content operation={operation} name={name} />}
    </Page>
  );
}

/** Asking again finds no operation that is not there. */
const isGone = (error: unknown) => failureOf(error).code === 'operationUnknown';

function Facts({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  const { status, started, progress } = operation;
  const failed = failedText(t, i18n.language, operation);
  const took = durationText(t, operation);
  return (
    <>
      <span className={classes.state} data-testid="status" data-status={status}>
        <StatusIcon status={status} />
        {t(`operations.status.${status}`)}
      </span>
      {failed !== undefined && <strong>{failed}</strong>}
      <RelativeTime value={started} />
      {took !== undefined && <span>{took}</span>}
      {(['sent', 'mounted', 'present'] as const).map((way) => {
        const bytes = {
          sent: progress.bytesSent,
          mounted: progress.bytesMounted,
          present: progress.bytesPresent,
        };
        return (
          bytes[way] > 0 && (
            <span key={way}>{t(`operations.${way}`, { bytes: formatBytes(bytes[way]) })}</span>
          )
        );
      })}
    </>
  );
}

function Content({ operation, name }: { operation: Operation; name: string }) {
  const { t } = useTranslation();
  useLookedAt(operation);
  const { status, failure } = operation;
  const live = isLive(status);
  const Extras = kindNamed(operation.subject.kind)?.Extras;
  const details = useQuery({
    ...operationQueries.details(operation.id, live),
    enabled: isTransfer(operation),
  });
  return (
    <>
      {(live || (status !== 'done' && shareDone(operation) < 1)) && <Bar operation={operation} name={name} />}
      {failure && !live && (
        <div className={classes.notice}>
          <ErrorPanel error={failure} />
        </div>
      )}
      {status === 'interrupted' && <p className={classes.quiet}>{t('operations.interruptedHelp')}</p>}
      {live && details.data && <LayersInFlight active={details.data.active} />}
      {Extras && (
        <Suspense>
          <Extras operation={operation} />
        </Suspense>
      )}
      {isTransfer(operation) && <OperationItems operation={operation} counts={details.data?.items} />}
    </>
  );
}

/** How far it is, with rate and time left while it runs. */
function Bar({ operation, name }: { operation: Operation; name: string }) {
  const { t, i18n } = useTranslation();
  const { rate, remaining } = operation.progress;
  const share = shareDone(operation);
  return (
    <div className={classes.progress}>
      <Progress.Root size={10}>
        <Progress.Section value={share * 100} aria-label={t('operations.progressLabel', { name })} />
      </Progress.Root>
      <div className={classes.progressFacts} data-testid="progress">
        <strong>{formatPercent(share, i18n.language)}</strong>
        {amountsText(t, i18n.language, operation).map((text) => (
          <span key={text}>{text}</span>
        ))}
        {rate > 0 && <span>{t('operations.rate', { rate: formatBytes(rate) })}</span>}
        {remaining !== undefined && <span>{remainingText(t, remaining)}</span>}
      </div>
    </div>
  );
}
