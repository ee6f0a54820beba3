import { Checkbox } from '@mantine/core';
import { IconRecycle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Account } from '../../src-main/common/account.ts';
import type { RemoteRun } from '../../src-main/common/collection-remote.ts';
import { api, orpc } from '../api.ts';
import { useMakePlan } from '../plans/use-make-plan.ts';
import { ActionButton } from '../ui/action-button.tsx';
import { BlockSkeleton } from '../ui/block-skeleton.tsx';
import { Bytes } from '../ui/bytes.tsx';
import { Card } from '../ui/card.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import classes from './collection.module.css';

/** The collections that a registry has run itself, and the way to a dry run of the next one. */
export function RemoteRuns({ account: { id: accountId, readOnly } }: { account: Account }) {
  const { t } = useTranslation();
  const [untagged, setUntagged] = useState(false);
  const runs = useQuery(orpc.collections.runs.queryOptions({ input: { accountId } }));
  const plan = useMakePlan();
  return (
    <Card title={t('freeing.runs')} testId="remote-runs">
      {runs.isPending && <BlockSkeleton height={60} />}
      {runs.isError && <ErrorPanel error={runs.error} onRetry={() => void runs.refetch()} />}
      {runs.data && <Listed runs={runs.data} />}
      {runs.data && (
        <div className={classes.collect}>
          <Checkbox
            label={t('collection.disk.withUntagged')}
            description={t('freeing.untaggedHelp')}
            checked={untagged}
            onChange={(event) => setUntagged(event.currentTarget.checked)}
          />
          <ActionButton
            variant="default"
            leftSection={<IconRecycle size={14} />}
            loading={plan.isPending}
            reason={readOnly ? t('collection.disk.readOnly') : undefined}
            onClick={() =>
              plan.mutate((signal) => api.collections.plan({ accountId, untagged }, signal ? { signal } : {}))
            }
          >
            {t('freeing.dryRun')}
          </ActionButton>
          <span className={classes.help}>{t('freeing.dryRunHelp')}</span>
        </div>
      )}
      {plan.isError && <ErrorPanel error={plan.error} />}
    </Card>
  );
}

function Listed({ runs }: { runs: readonly RemoteRun[] }) {
  const { t } = useTranslation();
  if (runs.length === 0) return <p className={classes.quiet}>{t('freeing.noRuns')}</p>;
  return (
    <table className={classes.runs} aria-label={t('freeing.runs')}>
      <thead>
        <tr>
          <th>{t('freeing.run')}</th>
          <th>{t('freeing.when')}</th>
          <th>{t('freeing.state')}</th>
          <th data-align="end">{t('freeing.freed')}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map(({ id, state, dryRun, started, freed }) => (
          <tr key={id}>
            <td>
              {id} {dryRun && <span className={classes.quiet}>{t('freeing.isDryRun')}</span>}
            </td>
            <td>
              <RelativeTime value={started} />
            </td>
            <td>{t(`freeing.states.${state}`)}</td>
            <td data-align="end">
              {freed ? (
                <>
                  {dryRun && <span className={classes.quiet}>{t('freeing.wouldFree')} </span>}
                  <Bytes value={freed.bytes} />
                </>
              ) : (
                <span className={classes.quiet}>{t('freeing.unsaid')}</span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
