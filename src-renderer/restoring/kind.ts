import { lazy } from 'react';
import { restoreSubject } from '../../src-main/common/restoring.ts';
import { type OperationKind, reading, repositoriesAt } from '../operation-kind.ts';
import { placeText } from '../ui/place-text.ts';

/** The undo of another operation. */
export const restoringKind: OperationKind = {
  name: 'restore',
  label: (t) => t('restoring.operation.kind'),
  read: reading(restoreSubject, ({ place, tags, manifests, repositories, changes }) => {
    const { host } = place;
    const repository = 'repository' in place ? place.repository : undefined;
    const all = repositories ?? (repository === undefined ? [] : [repository]);
    const where = repository === undefined ? host : placeText({ host, repository });
    return {
      line: (t) => {
        const [tag] = tags;
        if (tag !== undefined && tags.length === 1)
          return t('restoring.operation.one', { tag, place: where });
        const count = tags.length > 0 ? tags.length : repositories ? (changes ?? 0) : 0;
        return count > 0
          ? t('restoring.operation.many', { count, place: where })
          : t('restoring.operation.untagged', { place: where });
      },
      searched: () => [host, ...all, ...tags, ...manifests],
      facts: (t) => [
        { name: t('activity.tags'), values: tags.length > 0 ? [tags.join(', ')] : [] },
        { name: t('activity.digests'), values: manifests },
        { name: t('repositories.title'), values: repositories ?? [] },
      ],
      changes: () => repositoriesAt(place, all),
    };
  }),
  transfers: false,
  PlanPage: lazy(() =>
    import('./plan.tsx').then(({ RestoringPlanPage }) => ({ default: RestoringPlanPage })),
  ),
};
