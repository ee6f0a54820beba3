import { lazy } from 'react';
import { type OperationKind, repositoriesAt, type SubjectOf } from '../operation-kind.ts';
import { nameText, placeText, referenceText } from '../ui/place-text.ts';

export const copyKind: OperationKind<SubjectOf<'copy'>> = {
  name: 'copy',
  label: (t) => t('transfers.operation.copyKind'),
  line: (t, { source, target }) =>
    t('transfers.operation.copy', {
      source: referenceText(source, source.reference),
      target: referenceText(target, target.tag),
    }),
  searched: ({ source, target, digest }) => [
    source.host,
    source.repository,
    source.reference,
    target.host,
    target.repository,
    target.tag,
    digest,
  ],
  facts: (t, { target, digest }) => [
    { name: t('activity.tags'), values: [target.tag] },
    { name: t('activity.digests'), values: [digest] },
  ],
  changes: ({ target }) => repositoriesAt(target, [target.repository]),
  transfer: {
    what: (_t, { source, target }) => {
      const from = nameText(source.repository, source.reference);
      const to = nameText(target.repository, target.tag);
      return from === to ? from : `${from} → ${to}`;
    },
    way: ({ source, target }, name) => `${name(source)} → ${name(target)}`,
    many: false,
    Extras: lazy(() => import('./left-out-note.tsx').then(({ LeftOutNote }) => ({ default: LeftOutNote }))),
  },
};

export const retagKind: OperationKind<SubjectOf<'retag'>> = {
  name: 'retag',
  label: (t) => t('transfers.operation.retagKind'),
  line: (t, { reference, tag, place }) =>
    t('transfers.operation.retag', { reference, tag, place: placeText(place) }),
  searched: ({ place, reference, tag, digest }) => [place.host, place.repository, reference, tag, digest],
  facts: (t, { tag, digest }) => [
    { name: t('activity.tags'), values: [tag] },
    { name: t('activity.digests'), values: [digest] },
  ],
  changes: ({ place }) => repositoriesAt(place, [place.repository]),
};
