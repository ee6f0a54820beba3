import { lazy } from 'react';
import { syncSubject } from '../../src-main/common/transfer.ts';
import { manySubject } from '../copy/many.ts';
import { type OperationKind, reading } from '../operation-kind.ts';

const extras = () => import('./operation-extras.tsx');

export const syncKind: OperationKind = {
  name: 'sync',
  label: (t) => t('transferPages.operation.kind'),
  read: reading(syncSubject, (subject) =>
    manySubject(subject, (t) =>
      t('transferPages.operation.line', {
        count: subject.tags,
        source: subject.source.host,
        target: subject.target.host,
      }),
    ),
  ),
  transfers: true,
  PlanPage: lazy(() => import('./plan.tsx').then(({ SyncPlanPage }) => ({ default: SyncPlanPage }))),
  Actions: lazy(() => extras().then(({ SyncActions }) => ({ default: SyncActions }))),
  Extras: lazy(() => extras().then(({ SyncExtras }) => ({ default: SyncExtras }))),
};
