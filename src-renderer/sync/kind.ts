import { lazy } from 'react';
import { type OperationKind, repositoriesAt, type SubjectOf } from '../operation-kind.ts';
import { namesText } from '../ui/names.ts';

/** Repositories named in one line. */
const NAMED = 3;

const extras = () => import('./operation-extras.tsx');

export const syncKind: OperationKind<SubjectOf<'sync'>> = {
  name: 'sync',
  label: (t) => t('transferPages.operation.kind'),
  line: (t, { tags, source, target }) =>
    t('transferPages.operation.line', { count: tags, source: source.host, target: target.host }),
  searched: ({ source, target, repositories }) => [source.host, target.host, ...repositories],
  facts: (t, { repositories }) => [{ name: t('transferPages.toRepositories'), values: repositories }],
  changes: ({ target, repositories }) => repositoriesAt(target, repositories),
  transfer: {
    what: (t, { tags, repositories }) =>
      t('transferPages.tagsInto', { count: tags, repositories: namesText(t, repositories, NAMED) }),
    way: ({ source, target }, name) => `${name(source)} → ${name(target)}`,
    many: true,
    Actions: lazy(() => extras().then(({ SyncActions }) => ({ default: SyncActions }))),
    Extras: lazy(() => extras().then(({ SyncExtras }) => ({ default: SyncExtras }))),
  },
};
