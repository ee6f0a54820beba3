import { lazy } from 'react';
import { collectSubject } from '../../src-main/common/collection.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

/** A garbage collection of the embedded registry. */
export const collectionKind: OperationKind = {
  name: 'collect',
  label: (t) => t('collection.operation.kind'),
  read: reading(collectSubject, ({ place, untagged }) => ({
    line: (t, names, tense) =>
      t(`collection.operation.${tense}.${untagged ? 'untagged' : 'garbage'}`, {
        place: names.registry(place),
      }),
    searched: () => [place.host],
    facts: () => [],
    // Tags stay as they are.
    changes: () => [],
  })),
  transfers: false,
  PlanPage: lazy(() =>
    import('./plan.tsx').then(({ CollectionPlanPage }) => ({ default: CollectionPlanPage })),
  ),
  Outcome: lazy(() =>
    import('./outcome.tsx').then(({ CollectionOutcome }) => ({ default: CollectionOutcome })),
  ),
};
