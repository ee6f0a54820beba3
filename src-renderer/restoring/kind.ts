import { lazy } from 'react';
import { restoreSubject } from '../../src-main/common/restoring.ts';
import { type OperationKind, placed, reading, repositoriesAt } from '../operation-kind.ts';

/** The undo of another operation. */
export const restoringKind: OperationKind = {
  name: 'restore',
  label: (t) => t('restoring.operation.kind'),
  read: reading(restoreSubject, ({ place, tags, manifests, repositories, changes }) => {
    const { host } = place;
    const repository = 'repository' in place ? place.repository : undefined;
    const all = repositories ?? (repository === undefined ? [] : [repository]);
    return {
      line: (t, names, tense) => {
        const [tag] = tags;
        const where = repository === undefined ? names.registry(place) : placed(t, names, place, repository);
        if (tag !== undefined && tags.length === 1)
          return t(`restoring.operation.${tense}.one`, { tag, place: where });
        const count = tags.length > 0 ? tags.length : repositories ? (changes ?? 0) : 0;
        return count > 0
          ? t(`restoring.operation.${tense}.many`, { count, place: where })
          : t(`restoring.operation.${tense}.untagged`, { place: where });
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
