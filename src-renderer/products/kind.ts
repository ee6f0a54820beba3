import { lazy } from 'react';
import { productChangeSubject } from '../../src-main/common/product-change.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

/** Changes of what a registry manages. */
export const productChangeKind: OperationKind = {
  name: 'productChange',
  label: (t) => t('administration.operation.kind'),
  read: reading(productChangeSubject, ({ place, changes }) => ({
    line: (t, names, tense) => {
      const [first] = changes;
      if (first && changes.length === 1)
        return t('administration.operation.one', {
          act: t(`administration.operation.${tense}.${first.act}`),
          kind: t(`administration.kinds.${first.kind}`),
          name: first.name,
          place: names.registry(place),
        });
      return t('administration.operation.many', {
        count: changes.length,
        place: names.registry(place),
      });
    },
    searched: () => [place.host, ...changes.map(({ name }) => name)],
    facts: (t) => [{ name: t('administration.name'), values: changes.map(({ name }) => name) }],
    // Tags stay as they are.
    changes: () => [],
  })),
  transfers: false,
  PlanPage: lazy(() =>
    import('./change-plan.tsx').then(({ ProductChangePlanPage }) => ({ default: ProductChangePlanPage })),
  ),
  Outcome: lazy(() =>
    import('./change-outcome.tsx').then(({ ProductChangeOutcome }) => ({ default: ProductChangeOutcome })),
  ),
};
