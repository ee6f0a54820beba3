import { lazy } from 'react';
import { collectSubject } from '../../src-main/common/collection.ts';
import { type OperationKind, reading } from '../operation-kind.ts';
import { collecting } from './collecting.ts';

/** A garbage collection of the embedded registry. */
export const collectionKind: OperationKind = {
  name: 'collect',
  label: (t) => t('collection.operation.kind'),
  read: reading(collectSubject, collecting),
  transfers: false,
  PlanPage: lazy(() =>
    import('./plan.tsx').then(({ CollectionPlanPage }) => ({ default: CollectionPlanPage })),
  ),
  Outcome: lazy(() =>
    import('./outcome.tsx').then(({ CollectionOutcome }) => ({ default: CollectionOutcome })),
  ),
};
