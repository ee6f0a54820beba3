import { Button, Group } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Operation, OperationSubject } from '../../src-main/common/operation.ts';
import { orpc } from '../api.ts';
import { isTransfer } from '../operations/snapshots.ts';
import { StatusIcon } from '../operations/status-icon.tsx';
import { subjectText } from '../operations/words.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { formatExact } from '../ui/format.ts';
import { toastFailure } from '../ui/toast.tsx';
import classes from './activity.module.css';

export interface ActivityDetailsProps {
  operation: Operation | undefined;
  onClose: () => void;
}

/** Everything recorded of one change, with Undo where there is one. */
export function ActivityDetails({ operation, onClose }: ActivityDetailsProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      opened={operation !== undefined}
      wide
      onClose={onClose}
      title={operation && subjectText(t, operation.subject)}
    >
      {operation && <Body operation={operation} onClose={onClose} />}
    </Dialog>
  );
}

function Body({ operation, onClose }: { operation: Operation; onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const { id, status, started, ended, failure, subject } = operation;
  const undo = useMutation(
    orpc.operations.undo.mutationOptions({ onSuccess: onClose, onError: toastFailure }),
  );
  const exact = (instant: string) => formatExact(new Date(instant), i18n.language);
  const tags = tagsOf(subject);
  const digests = digestsOf(subject);
  return (
    <>
      <dl className={classes.facts}>
        <dt>{t('activity.status')}</dt>
        <dd>
          <span className={classes.status}>
            <StatusIcon status={status} />
            {t(`operations.status.${status}`)}
          </span>
        </dd>
        <dt>{t('activity.started')}</dt>
        <dd>{exact(started)}</dd>
        {ended !== undefined && (
          <>
            <dt>{t('activity.ended')}</dt>
            <dd>{exact(ended)}</dd>
          </>
        )}
        {tags.length > 0 && (
          <>
            <dt>{t('activity.tags')}</dt>
            <dd className={classes.names}>{tags.join(', ')}</dd>
          </>
        )}
        {digests.length > 0 && (
          <>
            <dt>{t('activity.digests')}</dt>
            <dd className={classes.names}>
              {digests.map((digest) => (
                <div key={digest}>{digest}</div>
              ))}
            </dd>
          </>
        )}
        {subject.kind === 'sync' && subject.repositories.length > 0 && (
          <>
            <dt>{t('transferPages.toRepositories')}</dt>
            <dd className={classes.names}>
              {subject.repositories.map((repository) => (
                <div key={repository}>{repository}</div>
              ))}
            </dd>
          </>
        )}
        <dt>{t('activity.operationId')}</dt>
        <dd className={classes.names}>{id}</dd>
      </dl>
      {failure && <ErrorPanel error={failure} />}
      {isTransfer(subject) && (
        <Group justify="flex-end" mt="sm">
          <Button
            variant="default"
            renderRoot={(props) => (
              <Link to="/transfers/$operationId" params={{ operationId: id }} {...props} />
            )}
          >
            {t('transferPages.open')}
          </Button>
        </Group>
      )}
      {operation.undoable && (
        <Group justify="flex-end" mt="sm">
          <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate({ operationId: id })}>
            {t('operations.undo')}
          </Button>
        </Group>
      )}
    </>
  );
}

function tagsOf(subject: OperationSubject): readonly string[] {
  switch (subject.kind) {
    case 'delete':
    case 'restore':
      return subject.tags;
    case 'retag':
      return [subject.tag];
    case 'copy':
      return [subject.target.tag];
    case 'sync':
    case 'unreadable':
      return [];
  }
}

function digestsOf(subject: OperationSubject): readonly string[] {
  if (subject.kind === 'sync' || subject.kind === 'unreadable') return [];
  return subject.kind === 'delete' || subject.kind === 'restore' ? subject.manifests : [subject.digest];
}
