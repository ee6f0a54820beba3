import { lazy } from 'react';
import { deleteManySubject } from '../../src-main/common/deletion.ts';
import { type OperationKind, reading, repositoriesAt } from '../operation-kind.ts';

/** Tags of several repositories, as one operation. */
export const deletionManyKind: OperationKind = {
  name: 'deleteMany',
  label: (t) => t('deletion.many.kind'),
  read: reading(deleteManySubject, ({ place, repositories, tags }) => ({
    line: (t, names, tense) =>
      t(`deletion.many.${tense}`, {
        count: tags,
        repositories: t('deletion.many.repositories', { count: repositories.length }),
        place: names.registry(place),
      }),
    searched: () => [place.host, ...repositories],
    facts: (t) => [{ name: t('repositories.title'), values: repositories }],
    changes: () => repositoriesAt(place, repositories),
  })),
  transfers: false,
  PlanPage: lazy(() =>
    import('./many-plan.tsx').then(({ DeleteManyPlanPage }) => ({ default: DeleteManyPlanPage })),
  ),
};
