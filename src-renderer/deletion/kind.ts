import { lazy } from 'react';
import { deleteSubject } from '../../src-main/common/deletion.ts';
import { type OperationKind, placed, reading, repositoriesAt } from '../operation-kind.ts';

export const deletionKind: OperationKind = {
  name: 'delete',
  label: (t) => t('deletion.operation.kind'),
  read: reading(deleteSubject, ({ place, tags, manifests }) => ({
    line: (t, names, tense) => {
      const [tag] = tags;
      const where = placed(t, names, place, place.repository);
      if (tag === undefined)
        return t(`deletion.operation.${tense}.manifests`, { count: manifests.length, place: where });
      return tags.length === 1
        ? t(`deletion.operation.${tense}.one`, { tag, place: where })
        : t(`deletion.operation.${tense}.many`, { count: tags.length, place: where });
    },
    searched: () => [place.host, place.repository, ...tags, ...manifests],
    facts: (t) => [
      { name: t('activity.tags'), values: tags.length > 0 ? [tags.join(', ')] : [] },
      { name: t('activity.digests'), values: manifests },
    ],
    changes: () => repositoriesAt(place, [place.repository]),
  })),
  transfers: false,
  PlanPage: lazy(() => import('./plan.tsx').then(({ DeletionPlanPage }) => ({ default: DeletionPlanPage }))),
};
