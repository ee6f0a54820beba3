import { Button, Group } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Operation } from '../../src-main/common/operation.ts';
import { isTransfer, kindNamed, lineOf, shownSubject } from '../operation-kinds.ts';
import { useUndo } from '../plans/use-undo.ts';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Fact, Facts } from '../ui/facts.tsx';
import { formatExact } from '../ui/format.ts';
import { StatusIcon } from '../ui/status-icon.tsx';
import classes from './activity.module.css';

export interface ActivityDetailsProps {
  operation: Operation | undefined;
  onClose: () => void;
}

/** Everything recorded of one change, with Undo where there is one. */
export function ActivityDetails({ operation, onClose }: ActivityDetailsProps) {
  const { t } = useTranslation();
  return (
    <Dialog opened={operation !== undefined} wide onClose={onClose} title={operation && lineOf(t, operation)}>
      {operation && <Body operation={operation} />}
    </Dialog>
  );
}

function Body({ operation }: { operation: Operation }) {
  const { t, i18n } = useTranslation();
  const { id, status, started, ended, failure } = operation;
  const undo = useUndo();
  const Outcome = kindNamed(operation.subject.kind)?.Outcome;
  const exact = (instant: string) => formatExact(new Date(instant), i18n.language);
  return (
    <>
      <Facts>
        <Fact name={t('activity.status')}>
          <span className={classes.status}>
            <StatusIcon status={status} />
            {t(`operations.status.${status}`)}
          </span>
        </Fact>
        <Fact name={t('activity.started')}>{exact(started)}</Fact>
        {ended !== undefined && <Fact name={t('activity.ended')}>{exact(ended)}</Fact>}
        {shownSubject(operation)
          .facts(t)
          .filter(({ values }) => values.length > 0)
          .map(({ name, values }) => (
            <Names key={name} name={name} names={values} />
          ))}
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
      {isTransfer(operation) && (
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
      {operation.actions.undo && (
        <Group justify="flex-end" mt="sm">
          <Button
            variant="default"
            data-testid="undo"
            loading={undo.isPending}
            onClick={() => undo.undo(operation)}
          >
            {t('operations.undo')}
          </Button>
        </Group>
      )}
    </>
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
