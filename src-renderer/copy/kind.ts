import { lazy } from 'react';
import type { AnyPlace } from '../../src-main/common/place.ts';
import { copySubject, retagSubject } from '../../src-main/common/transfer.ts';
import { type OperationKind, placed, reading, repositoriesAt } from '../operation-kind.ts';
import { nameIn, referenceText } from '../ui/place-text.ts';
import { isFile, manySubject } from './many.ts';

const PlanPage = lazy(() => import('./plan.tsx').then(({ CopyPlanPage }) => ({ default: CopyPlanPage })));

export const copyKind: OperationKind = {
  name: 'copy',
  label: (t) => t('transfers.operation.copyKind'),
  read: reading(copySubject, (subject) => {
    if ('tags' in subject) {
      const { tags: count, source, target } = subject;
      return manySubject(subject, (t, names, tense) =>
        t(`transfers.operation.${tense}.copyMany`, {
          count,
          source: names.registry(source),
          target: names.registry(target),
        }),
      );
    }
    const { source, target, digest } = subject;
    return {
      line: (t, names, tense) => {
        const [from, to] = [nameIn(source, source.reference), nameIn(target, target.tag)];
        const [there, here] = [names.registry(source), names.registry(target)];
        if (from === to && !('content' in source) && !('content' in target))
          return t(`transfers.operation.${tense}.copySame`, { what: from, source: there, target: here });
        const at = (side: AnyPlace & { repository: string }, reference: string, name: string) =>
          'content' in side ? referenceText(side, reference) : placed(t, names, side, name);
        return t(`transfers.operation.${tense}.copy`, {
          source: there === here ? from : at(source, source.reference, from),
          target: at(target, target.tag, to),
        });
      },
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
      offers: isFile(target),
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
    line: (t, names, tense) =>
      t(`transfers.operation.${tense}.retag`, {
        reference,
        tag,
        place: placed(t, names, place, place.repository),
      }),
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
