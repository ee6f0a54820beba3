import { Button, Progress } from '@mantine/core';
import { IconBookmark, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { durationText } from '../activity/duration.ts';
import { LayersInFlight } from '../operations/layers-in-flight.tsx';
import { OperationActions } from '../operations/operation-actions.tsx';
import { isLive, isTransfer, shareDone } from '../operations/snapshots.ts';
import { StatusIcon } from '../operations/status-icon.tsx';
import { useOperation } from '../operations/use-operation.ts';
import { remainingText, subjectText } from '../operations/words.ts';
import { SaveDialog } from '../saved/save-dialog.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatBytes } from '../ui/format.ts';
import { Page } from '../ui/page.tsx';
import { PageHeader } from '../ui/page-header.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { TableSkeleton } from '../ui/table-skeleton.tsx';
import { searchOf } from './draft-search.ts';
import { OnlyAtTarget } from './only-at-target.tsx';
import classes from './pages.module.css';
import { type Origin, transferQueries } from './queries.ts';
import { TransferItems } from './transfer-items.tsx';
import { leftOutText } from './transfer-words.ts';

const route = getRouteApi('/transfers/$operationId');

/** One copy or synchronisation from near. */
export function TransferPage() {
  const { t } = useTranslation();
  const { operationId } = route.useParams();
  const { operation, error, refetch } = useOperation(operationId);
  const { data: origin } = useQuery(transferQueries.origin(operationId));
  const name = operation ? subjectText(t, operation.subject) : t('transferPages.title');
  return (
    <Page>
      <PageHeader
        title={name}
        breadcrumbs={[
          { label: t('transferPages.title'), link: { to: '/transfers' } },
          { label: operation ? t(`operations.kinds.${operation.subject.kind}`) : '…' },
        ]}
        actions={
          operation && (
            <>
              {origin && <OriginActions origin={origin} />}
              <OperationActions operation={operation} name={name} size="xs" />
            </>
          )
        }
        meta={operation && <Facts operation={operation} />}
      />
      {error !== null && <ErrorPanel error={error} onRetry={refetch} />}
      {!operation && error === null && <TableSkeleton rows={8} />}
      {operation && <Content operation={operation} origin={origin} />}
    </Page>
  );
}

/** What the plan it came from can still be used for. */
function OriginActions({ origin: { definition, savedId } }: { origin: Origin }) {
  const { t } = useTranslation();
  const [saving, setSaving] = useState(false);
  const { data: saved } = useQuery(transferQueries.saved());
  const kept = saved?.find(({ id }) => id === savedId);
  return (
    <>
      <Button
        variant="default"
        leftSection={<IconRefresh size={14} />}
        renderRoot={(props) => (
          <Link to="/transfers/plan" search={searchOf(definition, savedId)} {...props} />
        )}
      >
        {t('transferPages.compareAgain')}
      </Button>
      {!kept && (
        <Button variant="default" leftSection={<IconBookmark size={14} />} onClick={() => setSaving(true)}>
          {t('transferPages.save')}
        </Button>
      )}
      <SaveDialog
        opened={saving}
        definition={definition}
        saved={undefined}
        onClose={() => setSaving(false)}
      />
    </>
  );
}

function Facts({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { status, started, progress } = operation;
  const took = durationText(t, operation);
  return (
    <>
      <span className={classes.state} data-testid="status" data-status={status}>
        <StatusIcon status={status} />
        {t(`operations.status.${status}`)}
      </span>
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

function Content({ operation, origin }: { operation: Operation; origin: Origin | undefined }) {
  const { t } = useTranslation();
  const { subject, status, failure } = operation;
  const live = isLive(status);
  const details = useQuery({
    ...transferQueries.details(operation.id, live),
    enabled: isTransfer(subject),
  });
  return (
    <>
      {(live || (status !== 'done' && shareDone(operation) < 1)) && <Bar operation={operation} />}
      {failure && !live && (
        <div className={classes.notice}>
          <ErrorPanel error={failure} />
        </div>
      )}
      {status === 'interrupted' && <p className={classes.quiet}>{t('operations.interruptedHelp')}</p>}
      {live && details.data && <LayersInFlight active={details.data.active} />}
      {subject.kind === 'sync' && origin && origin.onlyAtTarget.length > 0 && (
        <OnlyAtTarget
          target={subject.target}
          repositories={origin.onlyAtTarget}
          locked={status === 'done' ? undefined : t('transferPages.pruneAfter')}
        />
      )}
      {'leftOut' in subject && subject.leftOut && (
        <p className={classes.quiet} data-testid="left-out">
          {t('transfers.leftOut')}: {leftOutText(t, subject.leftOut)} (
          <Bytes value={subject.leftOut.bytes} />)
        </p>
      )}
      {isTransfer(subject) && <TransferItems operation={operation} counts={details.data?.items} />}
    </>
  );
}

/** How far it is, with rate and time left while it runs. */
function Bar({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const { bytes, steps, rate, remaining } = operation.progress;
  const percent = Math.round(shareDone(operation) * 100);
  return (
    <div className={classes.progress}>
      <Progress.Root size={10}>
        <Progress.Section
          value={percent}
          aria-label={t('operations.progressLabel', { name: subjectText(t, operation.subject) })}
        />
      </Progress.Root>
      <div className={classes.progressFacts} data-testid="progress">
        <strong>{percent} %</strong>
        {bytes.total > 0 && (
          <span>
            <Bytes value={bytes.done} /> / <Bytes value={bytes.total} />
          </span>
        )}
        {operation.subject.kind === 'sync' && (
          <span>{t('transferPages.tagsOf', { done: steps.done, total: steps.total })}</span>
        )}
        {rate > 0 && <span>{t('operations.rate', { rate: formatBytes(rate) })}</span>}
        {remaining !== undefined && <span>{remainingText(t, remaining)}</span>}
      </div>
    </div>
  );
}
