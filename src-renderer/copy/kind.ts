import { lazy } from 'react';
import type { AnyPlace } from '../../src-main/common/place.ts';
import { copySubject, retagSubject } from '../../src-main/common/transfer.ts';
import { type OperationKind, reading, repositoriesAt } from '../operation-kind.ts';
import { nameIn, placeText, referenceText } from '../ui/place-text.ts';
import { manySubject } from './many.ts';

const PlanPage = lazy(() => import('./plan.tsx').then(({ CopyPlanPage }) => ({ default: CopyPlanPage })));

export const copyKind: OperationKind = {
  name: 'copy',
  label: (t) => t('transfers.operation.copyKind'),
  read: reading(copySubject, (subject) => {
    if ('tags' in subject) {
      const { tags: count, source, target } = subject;
      return manySubject(subject, (t) =>
        t('transfers.operation.copyMany', { count, source: source.host, target: target.host }),
      );
    }
    const { source, target, digest } = subject;
    return {
      line: (t) =>
        t('transfers.operation.copy', {
          source: referenceText(source, source.reference),
          target: referenceText(target, target.tag),
        }),
      searched: () => [
        source.host,
        source.repository,
        source.reference,
        target.host,
        target.repository,
        target.tag,
        digest,
      ],
      facts: (t) => [
        { name: t('activity.tags'), values: [target.tag] },
        { name: t('activity.digests'), values: [digest] },
      ],
      changes: () => repositoriesAt(target, [target.repository]),
      transfer: {
        what: () => {
          const from = nameIn(source, source.reference);
          const to = nameIn(target, target.tag);
          return from === to ? from : `${from} → ${to}`;
        },
        way: (name: (side: AnyPlace) => string) => `${name(source)} → ${name(target)}`,
        many: false,
      },
    };
  }),
  transfers: true,
  PlanPage,
  Buttons: lazy(() =>
    import('../save-image/download-button.tsx').then(({ DownloadButton }) => ({ default: DownloadButton })),
  ),
  Extras: lazy(() => import('./left-out-note.tsx').then(({ LeftOutNote }) => ({ default: LeftOutNote }))),
};

/** Another tag for what a repository holds already: nothing is moved. */
export const retagKind: OperationKind = {
  name: 'retag',
  label: (t) => t('transfers.operation.retagKind'),
  read: reading(retagSubject, ({ place, reference, tag, digest }) => ({
    line: (t) => t('transfers.operation.retag', { reference, tag, place: placeText(place) }),
    searched: () => [place.host, place.repository, reference, tag, digest],
    facts: (t) => [
      { name: t('activity.tags'), values: [tag] },
      { name: t('activity.digests'), values: [digest] },
    ],
    changes: () => repositoriesAt(place, [place.repository]),
  })),
  transfers: false,
  PlanPage,
};
