import { lazy } from 'react';
import { renameSubject } from '../../src-main/common/renaming.ts';
import { type OperationKind, placed, reading, repositoriesAt } from '../operation-kind.ts';

/** A tag gets another name. */
export const renamingKind: OperationKind = {
  name: 'rename',
  label: (t) => t('renaming.operation.kind'),
  read: reading(renameSubject, ({ place, from, to, digest }) => ({
    line: (t, names, tense) =>
      t(`renaming.operation.${tense}`, { from, to, place: placed(t, names, place, place.repository) }),
    searched: () => [place.host, place.repository, from, to, digest],
    facts: (t) => [
      { name: t('activity.tags'), values: [`${from} → ${to}`] },
      { name: t('activity.digests'), values: [digest] },
    ],
    changes: () => repositoriesAt(place, [place.repository]),
  })),
  transfers: false,
  PlanPage: lazy(() => import('./plan.tsx').then(({ RenamePlanPage }) => ({ default: RenamePlanPage }))),
};
