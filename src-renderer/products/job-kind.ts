import { lazy } from 'react';
import { productJobSubject } from '../../src-main/common/product-job.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

/** Work that a registry runs itself. */
export const productJobKind: OperationKind = {
  name: 'productJob',
  label: (t) => t('administration.job.kind'),
  read: reading(productJobSubject, ({ place, job, act, name = '' }) => ({
    line: (t, names, tense) =>
      t(`administration.job.${tense}.${act}`, {
        job: t(`administration.jobs.${job}`),
        name,
        place: names.registry(place),
      }),
    searched: () => [place.host, name],
    facts: () => [],
    // What it does to tags is the registry's own business.
    changes: () => [],
  })),
  transfers: false,
  PlanPage: lazy(() =>
    import('./job-plan.tsx').then(({ ProductJobPlanPage }) => ({ default: ProductJobPlanPage })),
  ),
  Outcome: lazy(() =>
    import('./job-outcome.tsx').then(({ ProductJobOutcome }) => ({ default: ProductJobOutcome })),
  ),
};
