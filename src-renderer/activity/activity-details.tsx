import { Anchor, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Suspense, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, kindNamed, shownSubject } from '../operation-kinds.ts';
import { OperationActions } from '../operations/operation-actions.tsx';
import { useLine } from '../operations/use-line.ts';
import { useLookedAt } from '../operations/use-looked-at.ts';
import { useOperation } from '../operations/use-operation.ts';
import { failedText } from '../operations/words.ts';
import { Bytes } from '../ui/bytes.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatExact } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusIcon } from '../ui/status-icon.tsx';
import classes from './activity.module.css';
import { activityQueries } from './queries.ts';
import { ChangedTags, RecordedFacts } from './recorded.tsx';

export interface ActivityDetailsProps {
  /** Of an operation. */
  id: string | undefined;
  onClose: () => void;
}

/** Everything recorded of one change, and what can be done about it. */
export function ActivityDetails({ id, onClose }: ActivityDetailsProps) {
  const { t } = useTranslation();
  const line = useLine();
  const { operation, error } = useOperation(id);
  // The link to another entry goes with the one that it was in.
  const body = useRef<HTMLDivElement>(null);
  const shown = operation?.id;
  useEffect(() => {
    if (shown !== undefined && document.activeElement === document.body) body.current?.focus();
  }, [shown]);
  return (
    <Dialog
      opened={id !== undefined && (operation !== undefined || error !== null)}
      wide
      onClose={onClose}
      title={operation ? line(operation) : t('activity.title')}
    >
      {operation ? (
        <div ref={body} key={operation.id} tabIndex={-1} className={classes.body}>
          <Body operation={operation} name={line(operation)} />
        </div>
      ) : (
        <ErrorPanel error={error} />
      )}
    </Dialog>
  );
}

function Body({ operation, name }: { operation: Operation; name: string }) {
  const { t, i18n } = useTranslation();
  useLookedAt(operation);
  const { id, status, started, ended, failure, progress, undoes, undone } = operation;
  const Outcome = kindNamed(operation.subject.kind)?.Outcome;
  const failed = failedText(t, i18n.language, operation);
  const { data: row } = useQuery(activityQueries.one({ operation: id }));
  const exact = (instant: string) => formatExact(new Date(instant), i18n.language);
  return (
    <>
      <Facts>
        <Fact name={t('activity.status')}>
          <span className={classes.status}>
            <StatusIcon status={status} />
            {failed ?? t(`operations.status.${status}`)}
          </span>
        </Fact>
        {undone && (
          <Fact name={t('activity.undone')}>
            <Other id={undone.by} /> <RelativeTime value={undone.at} />
          </Fact>
        )}
        {undoes !== undefined && (
          <Fact name={t('activity.undoes')}>
            <Other id={undoes} />
          </Fact>
        )}
        <Fact name={t('activity.started')}>{exact(started)}</Fact>
        {ended !== undefined && <Fact name={t('activity.ended')}>{exact(ended)}</Fact>}
        {progress.bytesSent > 0 && (
          <Fact name={t('activity.bytes')}>
            <Bytes value={progress.bytesSent} />
          </Fact>
        )}
        {shownSubject(operation)
          .facts(t)
          .filter(({ values }) => values.length > 0)
          .map(({ name, values }) => (
            <Names key={name} name={name} names={values} />
          ))}
        <ChangedTags operationId={id} />
        {row && <RecordedFacts row={row} />}
        <Fact name={t('activity.operationId')} mono>
          {id}
        </Fact>
      </Facts>
      {Outcome && (
        <Suspense>
          <Outcome operation={operation} />
        </Suspense>
      )}
      {failure && <ErrorPanel error={failure} />}
      <div className={classes.buttons}>
        {isTransfer(operation) && (
          <Button
            size="xs"
            variant="default"
            renderRoot={(props) => (
              <Link to="/transfers/$operationId" params={{ operationId: id }} {...props} />
            )}
          >
            {t('transferPages.open')}
          </Button>
        )}
        <OperationActions operation={operation} name={name} size="xs" />
      </div>
    </>
  );
}

/** Another entry of the history, which opens in place of this one. */
function Other({ id }: { id: string }) {
  const line = useLine();
  const { operation } = useOperation(id);
  return (
    <Anchor
      fz="sm"
      renderRoot={(props) => (
        <Link to="/activity" search={(before) => ({ ...before, operation: id })} {...props} />
      )}
    >
      {operation ? line(operation) : id}
    </Anchor>
  );
}

/** One a line. */
function Names({ name, names }: { name: string; names: readonly string[] }) {
  return (
    <Fact name={name}>
      <div className={classes.names}>
        {names.map((each) => (
          <div key={each}>{each}</div>
        ))}
      </div>
    </Fact>
  );
}
