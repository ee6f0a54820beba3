import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CopyPlan } from '../../src-main/common/transfer.ts';
import { Digest } from '../ui/digest.tsx';
import { namesText } from '../ui/names.ts';
import { referenceText } from '../ui/place-text.ts';
import { BlobTallies } from './blob-tallies.tsx';
import classes from './copy.module.css';
import { planTotals } from './plan-totals.ts';
import { UnseenNote } from './unseen-note.tsx';

/** What one copy or retag would do. */
export function PlanSummary({ plan }: { plan: CopyPlan }) {
  const { t } = useTranslation();
  const target = referenceText(plan.target, plan.target.tag);
  if (plan.unchanged) {
    return <section className={classes.plan}>{t('transfers.unchanged', { target })}</section>;
  }
  return (
    <section className={classes.plan} aria-labelledby="plan-title" data-testid="plan">
      <h3 id="plan-title" className={classes.title}>
        {t('transfers.planTitle')}
      </h3>
      {plan.unseen ? (
        <UnseenNote failure={plan.unseen} />
      ) : plan.replaces === undefined ? (
        <span>{t('transfers.creates', { target })}</span>
      ) : (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
          <div className={classes.move}>
            {t('transfers.moves', { tag: plan.target.tag })}
            <Digest value={plan.replaces} />
            {t('transfers.movesTo')}
            <Digest value={plan.digest} />
          </div>
          <span className={classes.quiet}>{t('transfers.movesHelp')}</span>
        </Alert>
      )}
      {plan.digest !== plan.sourceDigest && (
        <div className={classes.move} data-testid="digest-changes">
          {t('transfers.digestChanges')}
          <Digest value={plan.sourceDigest} />→<Digest value={plan.digest} />
        </div>
      )}
      {plan.kind === 'copy' && (
        <BlobTallies
          blobs={plan.blobs}
          manifests={plan.manifests}
          attached={plan.attached}
          leftOut={plan.leftOut}
        />
      )}
    </section>
  );
}

/** What several copies would do together. */
export function PlansSummary({ plans }: { plans: readonly CopyPlan[] }) {
  const { t } = useTranslation();
  const totals = planTotals(plans);
  return (
    <section className={classes.plan} aria-labelledby="plan-title" data-testid="plan">
      <h3 id="plan-title" className={classes.title}>
        {t('transfers.planTitle')}
      </h3>
      {totals.replaced.length > 0 && (
        <Alert color="yellow" icon={<IconAlertTriangle size={18} />}>
          {t('transfers.replacesMany', {
            count: totals.replaced.length,
            tags: namesText(t, totals.replaced, 8),
          })}
        </Alert>
      )}
      {totals.unseen && <UnseenNote failure={totals.unseen} />}
      {totals.unchanged > 0 && <span>{t('transfers.unchangedMany', { count: totals.unchanged })}</span>}
      {totals.todo.length > 0 && (
        <>
          <BlobTallies
            blobs={totals}
            manifests={totals.manifests}
            attached={totals.attached}
            leftOut={totals.leftOut}
          />
          {totals.todo.length > 1 && <span className={classes.quiet}>{t('transfers.atMost')}</span>}
        </>
      )}
    </section>
  );
}
