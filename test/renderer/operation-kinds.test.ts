import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { en } from '../../src-renderer/i18n/en/index.ts';
import { kindLabel, lineOf, shownSubject } from '../../src-renderer/operation-kinds.ts';
import { makeOperation } from './operations/operation.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: en } },
  }),
);

const north = { account: '00000000-0000-4000-8000-00000000000a', host: 'north.test' };
const south = { origin: 'https://south.test', host: 'south.test' };

const sync = (tags: number, repositories: string[]) =>
  makeOperation('sync', { kind: 'sync', source: south, target: north, repositories, tags });

const copy = (reference: string, repository: string, tag: string) =>
  makeOperation('copy', {
    kind: 'copy',
    source: { ...south, repository: 'team/app', reference },
    target: { ...north, repository, tag },
    digest: 'sha256:a',
  });

const copies = (tags: number, repositories: string[]) =>
  makeOperation('copies', { kind: 'copy', source: south, target: north, repositories, tags });

test.each([
  [sync(1, ['team/app']), '1 tag: team/app'],
  [sync(9, ['a', 'b', 'c', 'd', 'e']), '9 tags: a, b, c and 2 more'],
  [copies(100, ['team/app']), '100 tags: team/app'],
  [copy('1.0', 'team/app', '1.0'), 'team/app:1.0'],
  [copy('sha256:a', 'mirror/app', '1.0'), 'team/app@sha256:a → mirror/app:1.0'],
])('what is transferred: %j', (operation, text) => {
  expect(shownSubject(operation).transfer?.what(i18n.t)).toBe(text);
});

test('registries are named as they are here, others by their host', () => {
  const name = (side: object) => ('account' in side ? 'North' : 'south.test');
  expect(shownSubject(sync(1, [])).transfer?.way(name)).toBe('south.test → North');
});

test('a copy changes its target, one of many tags each of the repositories there', () => {
  const accountId = north.account;
  expect(shownSubject(copy('1', 'mirror/app', '1')).changes()).toEqual([
    { accountId, repository: 'mirror/app' },
  ]);
  for (const many of [sync(3, ['x', 'y']), copies(3, ['x', 'y'])]) {
    expect(shownSubject(many).changes()).toEqual([
      { accountId, repository: 'x' },
      { accountId, repository: 'y' },
    ]);
  }
});

test('100 copies are one line', () => {
  expect(lineOf(i18n.t, copies(100, ['team/app']))).toBe('Copy 100 tags from south.test to north.test');
});

test('an undo names its tag, or how many over several repositories', () => {
  const subject = { kind: 'restore', place: { ...north, repository: 'team/app' }, manifests: [] };
  expect(lineOf(i18n.t, makeOperation('1', { ...subject, tags: ['1.0'] }))).toBe(
    'Put back 1.0 in north.test/team/app',
  );
  const many = { ...subject, place: north, tags: [], repositories: ['a', 'b'], changes: 7 };
  expect(lineOf(i18n.t, makeOperation('2', many))).toBe('Put back 7 tags in north.test');
});

test('a kind that is not known here is shown by its own name and title, and changes nothing that is known', () => {
  const unknown = makeOperation('1', { kind: 'defragment' }, { title: 'defragment north.test' });
  expect(lineOf(i18n.t, unknown)).toBe('defragment north.test');
  expect(kindLabel(i18n.t, 'defragment')).toBe('defragment');
  expect(shownSubject(unknown).changes()).toEqual([]);
  const spoiled = makeOperation('2', { kind: 'sync', tags: 'many' }, { title: 'sync' });
  expect(lineOf(i18n.t, spoiled)).toBe('sync');
  const unreadable = makeOperation('3', { kind: 'unreadable', was: 'defragment' });
  expect(lineOf(i18n.t, unreadable)).toBe('An operation that this version cannot read (defragment)');
});
