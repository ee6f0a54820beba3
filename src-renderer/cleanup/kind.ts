import { lazy } from 'react';
import { cleanupSubject, kindOfGoing } from '../../src-main/common/cleanup-run.ts';
import { type OperationKind, reading, repositoriesAt } from '../operation-kind.ts';

/** What rules took of a registry. */
export const cleanupKind: OperationKind = {
  name: 'cleanup',
  label: (t) => t('cleanup.operation.kind'),
  read: reading(cleanupSubject, ({ place, rules, repositories, going }) => ({
    line: (t, names, tense) =>
      t(`cleanup.operation.${tense}.${kindOfGoing(going)}`, {
        count: going[kindOfGoing(going)],
        place: names.registry(place),
        rules: rules.name,
      }),
    searched: () => [place.host, rules.name, ...repositories],
    facts: (t) => [
      {
        name: t('cleanup.operation.rules'),
        values: [
          rules.version > 0
            ? t('cleanup.operation.version', { name: rules.name, version: rules.version })
            : rules.name,
        ],
      },
      { name: t('activity.digests'), values: [rules.digest] },
      { name: t('repositories.title'), values: repositories },
    ],
    changes: () => repositoriesAt(place, repositories),
  })),
  transfers: false,
  PlanPage: lazy(() => import('./plan.tsx').then(({ CleanupPlanPage }) => ({ default: CleanupPlanPage }))),
};
