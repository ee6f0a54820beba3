import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { type AnyPlace, accountOf } from '../../src-main/common/place.ts';
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

const SAVED = '00000000-0000-4000-8000-0000000000ff';
const north = { account: '00000000-0000-4000-8000-00000000000a', host: 'north.test' };
const south = { origin: 'https://south.test', host: 'south.test' };

/** South has no account: its address stands for it. */
const names = {
  registry: (side: AnyPlace) => (accountOf(side) === north.account ? 'North' : side.host),
  saved: (id: string) => (id === SAVED ? 'Nightly mirror' : undefined),
};

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

const cleanup = (going: { tags: number; manifests: number }) =>
  makeOperation('cleanup', {
    kind: 'cleanup',
    place: north,
    rules: { name: 'nightly', version: 1, digest: `sha256:${'a'.repeat(64)}` },
    repositories: ['team/app'],
    going,
  });

test.each([
  [{ tags: 2, manifests: 5 }, 'Cleaned up North with nightly: 2 tags'],
  [{ tags: 0, manifests: 5 }, 'Cleaned up North with nightly: 5 untagged manifests'],
  [{ tags: 0, manifests: 0 }, 'Cleaned up North with nightly: 0 tags'],
  [{ tags: 0, manifests: 1 }, 'Cleaned up North with nightly: 1 untagged manifest'],
])('a cleanup is counted by tags, and where none goes by manifests: %j', (going, text) => {
  expect(lineOf(i18n.t, names, cleanup(going))).toBe(text);
});

test('100 copies are one line', () => {
  expect(lineOf(i18n.t, names, copies(100, ['team/app']))).toBe('Copied 100 tags from south.test to North');
});

test.each([
  [copy('1.0', 'team/app', '1.0'), 'Copied team/app:1.0 from south.test to North'],
  [copy('1.0', 'mirror/app', '1'), 'Copied team/app:1.0 on south.test to mirror/app:1 on North'],
  [
    { ...copy('1.0', 'mirror/app', '1'), status: 'running' as const },
    'Copy team/app:1.0 on south.test to mirror/app:1 on North',
  ],
  [sync(3, ['x']), 'Synced 3 tags from south.test to North'],
  [
    makeOperation('d', {
      kind: 'delete',
      place: { ...north, repository: 'team/app' },
      tags: ['1', '2'],
      manifests: [],
    }),
    'Deleted 2 tags from team/app on North',
  ],
  [
    makeOperation('r', {
      kind: 'rename',
      place: { ...north, repository: 'team/app' },
      from: 'old',
      to: 'new',
      digest: 'sha256:a',
    }),
    'Renamed old to new in team/app on North',
  ],
])('registries go by their names, those without an account by their address: %j', (operation, text) => {
  expect(lineOf(i18n.t, names, operation)).toBe(text);
});

test('a copy within a registry names it once', () => {
  const place = { ...north, repository: 'team/app' };
  const subject = {
    kind: 'copy',
    source: { ...place, reference: '1' },
    target: { ...place, repository: 'team/copy', tag: '1' },
    digest: 'sha256:a',
  };
  expect(lineOf(i18n.t, names, makeOperation('1', subject))).toBe(
    'Copied team/app:1 to team/copy:1 on North',
  );
});

test('a run of a saved transfer goes by its name, while it is there', () => {
  const run = (savedId: string) => {
    const { subject } = sync(3, ['x']);
    return lineOf(i18n.t, names, makeOperation('1', { ...subject, savedId }));
  };
  expect(run(SAVED)).toBe('Nightly mirror: 3 tags from south.test to North');
  expect(run('00000000-0000-4000-8000-0000000000aa')).toBe('Synced 3 tags from south.test to North');
});

test('an undo names its tag, or how many over several repositories', () => {
  const subject = { kind: 'restore', place: { ...north, repository: 'team/app' }, manifests: [] };
  expect(lineOf(i18n.t, names, makeOperation('1', { ...subject, tags: ['1.0'] }))).toBe(
    'Restored 1.0 in team/app on North',
  );
  const many = { ...subject, place: north, tags: [], repositories: ['a', 'b'], changes: 7 };
  expect(lineOf(i18n.t, names, makeOperation('2', many))).toBe('Restored 7 tags in North');
});

test('a kind that is not known here is shown by its own name and title, and changes nothing that is known', () => {
  const unknown = makeOperation('1', { kind: 'defragment' }, { title: 'defragment north.test' });
  expect(lineOf(i18n.t, names, unknown)).toBe('defragment north.test');
  expect(kindLabel(i18n.t, 'defragment')).toBe('defragment');
  expect(shownSubject(unknown).changes()).toEqual([]);
  const spoiled = makeOperation('2', { kind: 'sync', tags: 'many' }, { title: 'sync' });
  expect(lineOf(i18n.t, names, spoiled)).toBe('sync');
  const unreadable = makeOperation('3', { kind: 'unreadable', was: 'defragment' });
  expect(lineOf(i18n.t, names, unreadable)).toBe('An operation that this version cannot read (defragment)');
});
