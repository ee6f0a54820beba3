import { Anchor, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SavedComparison } from '../../src-main/common/comparison-matrix.ts';
import { useAccounts } from '../accounts/queries.ts';
import { orpc } from '../api.ts';
import { Card } from '../ui/card.tsx';
import { ConfirmRemoval } from '../ui/confirm-removal.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { failureTitle } from '../ui/failure-words.ts';
import { formatCount } from '../ui/format.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './matrix.module.css';
import { matrixQueries } from './queries.ts';
import { isGone, searchOf } from './search.ts';

/** Comparisons kept by name, with how the last look at each ended; nothing where none is kept. */
export function SavedComparisons({ saved }: { saved: readonly SavedComparison[] }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [removing, setRemoving] = useState<SavedComparison>();
  const { data: unreadable = [] } = useQuery(matrixQueries.unreadableSaved());
  const renew = () => client.invalidateQueries({ queryKey: matrixQueries.all() });
  const run = useMutation(orpc.comparisonMatrix.runSaved.mutationOptions({ onSettled: renew }));
  const remove = useMutation(
    orpc.comparisonMatrix.removeSaved.mutationOptions({
      onSuccess: async () => {
        setRemoving(undefined);
        await renew();
      },
    }),
  );
  const accounts = useAccounts().data;
  if (saved.length === 0 && unreadable.length === 0) return null;
  return (
    <Card title={t('comparisonMatrix.savedTitle')} testId="saved-comparisons">
      {unreadable.length > 0 && (
        <p className={classes.quiet} role="status">
          {t('comparisonMatrix.unreadableSaved', {
            names: unreadable.map(({ name }) => name).join(', '),
          })}
        </p>
      )}
      <ul className={classes.saved}>
        {saved.map((each) => (
          <li key={each.id}>
            <Anchor
              renderRoot={(props) => (
                <Link
                  to="/compare/tags"
                  search={{ ...searchOf(each.definition), saved: each.id }}
                  {...props}
                />
              )}
            >
              {each.name}
            </Anchor>
            <span className={classes.quiet}>
              <LastRun saved={each} />
            </span>
            {accounts && isGone(each.definition, accounts) ? (
              <span className={classes.warn}>{t('comparisonMatrix.accountGone')}</span>
            ) : (
              <Button
                size="compact-xs"
                variant="default"
                aria-label={t('comparisonMatrix.runNamed', { name: each.name })}
                loading={run.isPending && run.variables.id === each.id}
                onClick={() => run.mutate({ id: each.id })}
              >
                {t('comparisonMatrix.run')}
              </Button>
            )}
            <Button
              size="compact-xs"
              variant="default"
              aria-label={t('comparisonMatrix.removeNamed', { name: each.name })}
              onClick={() => setRemoving(each)}
            >
              {t('common.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {run.isError && <ErrorPanel error={run.error} />}
      <ConfirmRemoval
        about={
          removing && {
            title: t('comparisonMatrix.removeTitle', { name: removing.name }),
            text: t('comparisonMatrix.removeHelp'),
            action: t('common.remove'),
          }
        }
        removal={remove}
        onConfirm={() => removing && remove.mutate({ id: removing.id })}
        onClose={() => setRemoving(undefined)}
      />
    </Card>
  );
}

/** When it was looked at last, and what had changed by then. */
export function LastRun({ saved: { schedule, lastRun } }: { saved: SavedComparison }) {
  const { t, i18n } = useTranslation();
  const every = schedule && ` · ${t('comparisonMatrix.every', { count: schedule.hours })}`;
  if (!lastRun)
    return (
      <>
        {t('comparisonMatrix.neverLooked')}
        {every}
      </>
    );
  const { at, outcome, drift, failure } = lastRun;
  const changed = (drift?.apart ?? 0) + (drift?.together ?? 0);
  const words =
    outcome === 'failed' && failure
      ? failureTitle(t, failure)
      : outcome === 'running'
        ? t('comparisonMatrix.running')
        : drift
          ? changed === 0
            ? t('comparisonMatrix.unchanged')
            : t('comparisonMatrix.changed', {
                count: changed,
                formatted: formatCount(changed, i18n.language),
              })
          : t('comparisonMatrix.firstLook');
  return (
    <>
      <RelativeTime value={at} /> · {words}
      {every}
    </>
  );
}
