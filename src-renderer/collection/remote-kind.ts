import { lazy } from 'react';
import { remoteCollectSubject } from '../../src-main/common/collection-remote.ts';
import { type OperationKind, reading } from '../operation-kind.ts';
import { collecting } from './collecting.ts';

/** A garbage collection that a registry runs itself. */
export const remoteCollectionKind: OperationKind = {
  name: 'collectRemote',
  label: (t) => t('freeing.kind'),
  read: reading(remoteCollectSubject, collecting),
  transfers: false,
  PlanPage: lazy(() =>
    import('./remote-plan.tsx').then(({ RemoteCollectionPlanPage }) => ({
      default: RemoteCollectionPlanPage,
    })),
  ),
  Outcome: lazy(() =>
    import('./remote-outcome.tsx').then(({ RemoteCollectionOutcome }) => ({
      default: RemoteCollectionOutcome,
    })),
  ),
};
