import { ActionIcon, VisuallyHidden } from '@mantine/core';
import { IconFileText, IconPlayerStop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { Managed } from '../../src-main/common/product-said.ts';
import { api, orpc } from '../api.ts';
import type { MakePlan } from '../plans/made.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { Card } from '../ui/card.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { toastFailure } from '../ui/toast.tsx';
import { countsText, JobLog } from './job-outcome.tsx';
import classes from './products.module.css';

export interface JobRunsProps {
  account: Account;
  job: Managed['jobs'][number];
  /** What the work is about: a project, or a resource; undefined: the registry. */
  of: string | undefined;
}

/** The runs of a registry's own work, and the way to another one. */
export function JobRuns({ account: { id: accountId, readOnly }, job, of }: JobRunsProps) {
  const { t, i18n } = useTranslation();
  const at = { accountId, job: job.job, ...(of !== undefined && { of }) };
  const runs = useQuery(orpc.products.runs.queryOptions({ input: at }));
  const plan = useMakePlan();
  const [logOf, setLogOf] = useState<string>();
  const locked = readOnly ? t('administration.readOnlyHere') : undefined;
  const make = (work: MakePlan) => plan.mutate(work, { onError: toastFailure });
  return (
    <Card
      wide
      title={t('administration.job.runsOf', { job: t(`administration.jobs.${job.job}`) })}
      testId="job-runs"
    >
      {runs.isError && <ErrorPanel error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data?.length === 0 && <p className={classes.quiet}>{t('administration.job.noRuns')}</p>}
      {runs.data && runs.data.length > 0 && (
        <table className={`${classes.rows} ${classes.runs}`} aria-label={t('administration.job.runs')}>
          <thead>
            <tr>
              <th>{t('administration.job.id')}</th>
              <th>{t('administration.job.started')}</th>
              <th>{t('administration.job.state')}</th>
              <th>{t('administration.job.counts')}</th>
              <th className={classes.acts}>
                <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody>
            {runs.data.map(({ id, state, started, options, counts }) => (
              <tr key={id}>
                <td>
                  {id}{' '}
                  {options.dryRun && (
                    <span className={classes.quiet}>{t('administration.job.isDryRun')}</span>
                  )}
                </td>
                <td>
                  {started === undefined ? t('administration.unsaid') : <RelativeTime value={started} />}
                </td>
                <td>{t(`freeing.states.${state}`)}</td>
                <td>{countsText(t, i18n.language, counts)}</td>
                <td className={classes.acts}>
                  {job.logs && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={t('administration.job.logOf', { run: id })}
                      data-hint={t('administration.job.log')}
                      onClick={() => setLogOf(id)}
                    >
                      <IconFileText size={16} />
                    </ActionIcon>
                  )}
                  {job.stops && locked === undefined && (state === 'running' || state === 'waiting') && (
                    <ActionIcon
                      variant="subtle"
                      color="gray"
                      aria-label={`${t('administration.job.stop')} ${id}`}
                      data-hint={t('administration.job.stop')}
                      onClick={() =>
                        make((signal) => api.products.planStop({ ...at, run: id }, signal ? { signal } : {}))
                      }
                    >
                      <IconPlayerStop size={16} />
                    </ActionIcon>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {runs.data && (
        <div className={classes.bar}>
          <ActionButton
            variant="default"
            loading={plan.isPending}
            reason={locked}
            onClick={() =>
              make((signal) => api.products.planJob({ ...at, options: {} }, signal ? { signal } : {}))
            }
          >
            {t('administration.job.run')}
          </ActionButton>
        </div>
      )}
      {logOf !== undefined && <LogDialog at={{ ...at, run: logOf }} onClose={() => setLogOf(undefined)} />}
    </Card>
  );
}

function LogDialog({
  at,
  onClose,
}: {
  at: { accountId: string; job: Managed['jobs'][number]['job']; of?: string; run: string };
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const log = useQuery(orpc.products.log.queryOptions({ input: at }));
  return (
    <Dialog wide="widest" opened title={t('administration.job.logOf', { run: at.run })} onClose={onClose}>
      {log.isError ? <ErrorPanel error={log.error} /> : <JobLog log={log.data} />}
    </Dialog>
  );
}
