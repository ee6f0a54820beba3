import { lazy } from 'react';
import { deleteSubject } from '../../src-main/common/deletion.ts';
import { type OperationKind, reading, repositoriesAt } from '../operation-kind.ts';
import { placeText } from '../ui/place-text.ts';

export const deletionKind: OperationKind = {
  name: 'delete',
  label: (t) => t('deletion.operation.kind'),
  read: reading(deleteSubject, ({ place, tags, manifests }) => ({
    line: (t) => {
      const [tag] = tags;
      return tag !== undefined && tags.length === 1
        ? t('deletion.operation.one', { tag, place: placeText(place) })
        : t('deletion.operation.many', { count: tags.length, place: placeText(place) });
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
