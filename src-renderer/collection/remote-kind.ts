import { lazy } from 'react';
import { remoteCollectSubject } from '../../src-main/common/collection-remote.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

/** A garbage collection that a registry runs itself. */
export const remoteCollectionKind: OperationKind = {
  name: 'collectRemote',
  label: (t) => t('freeing.kind'),
  read: reading(remoteCollectSubject, ({ place, untagged }) => ({
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
