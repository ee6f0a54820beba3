import { lazy } from 'react';
import { syncSubject } from '../../src-main/common/transfer.ts';
import { manySubject } from '../copy/many.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

const extras = () => import('./operation-extras.tsx');

export const syncKind: OperationKind = {
  name: 'sync',
  label: (t) => t('transferPages.operation.kind'),
  read: reading(syncSubject, (subject) =>
    manySubject(subject, (t, names, tense) => {
      const { tags: count, source, target, savedId } = subject;
      const saved = savedId && names.saved(savedId);
      const sides = { count, source: names.registry(source), target: names.registry(target) };
      return saved
        ? t('transferPages.operation.saved', { ...sides, saved })
        : t(`transferPages.operation.${tense}`, sides);
    }),
  ),
  transfers: true,
  PlanPage: lazy(() => import('./plan.tsx').then(({ SyncPlanPage }) => ({ default: SyncPlanPage }))),
  Actions: lazy(() => extras().then(({ SyncActions }) => ({ default: SyncActions }))),
  Extras: lazy(() => extras().then(({ SyncExtras }) => ({ default: SyncExtras }))),
};
