import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { OperationSubject } from '../../src-main/common/operation.ts';
import { accountOf, type RegistryPlace } from '../../src-main/common/place.ts';
import { en } from '../../src-renderer/i18n/en/index.ts';
import { kindOf, subjectText } from '../../src-renderer/operation-kinds.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: en } },
  }),
);

const north = { account: 'n', host: 'north.test' };
const south = { origin: 'https://south.test', host: 'south.test' };

function sync(tags: number, repositories: string[], target: RegistryPlace = south): OperationSubject {
  return { kind: 'sync', source: north, target, repositories, tags };
}

function copy(
  reference: string,
  repository: string,
  tag: string,
  target: RegistryPlace = south,
): OperationSubject {
  return {
    kind: 'copy',
    source: { ...north, repository: 'team/app', reference },
    target: { ...target, repository, tag },
    digest: 'sha256:a',
  };
}

test.each([
  [sync(1, ['team/app']), '1 tag: team/app'],
  [sync(9, ['a', 'b', 'c', 'd', 'e']), '9 tags: a, b, c and 2 more'],
  [copy('1.0', 'team/app', '1.0'), 'team/app:1.0'],
  [copy('sha256:a', 'mirror/app', '1.0'), 'team/app@sha256:a → mirror/app:1.0'],
])('what is brought: %j', (subject, text) => {
  expect(kindOf(subject).transfer?.what(i18n.t, subject)).toBe(text);
});

test('registries are named as they are here, others by their host', () => {
  const name = (side: RegistryPlace) => (accountOf(side) === 'n' ? 'North' : side.host);
  expect(kindOf(sync(1, [])).transfer?.way(sync(1, []), name)).toBe('North → south.test');
});

test('a copy changes its target, a synchronisation each of its repositories there', () => {
  const one = copy('1', 'mirror/app', '1', { account: 's', host: 'south.test' });
  expect(kindOf(one).changes(one)).toEqual([{ accountId: 's', repository: 'mirror/app' }]);
  const many = sync(3, ['x', 'y'], { account: 's', host: 'south.test' });
  expect(kindOf(many).changes(many)).toEqual([
    { accountId: 's', repository: 'x' },
    { accountId: 's', repository: 'y' },
  ]);
  expect(kindOf(one).changes(copy('1', 'mirror/app', '1'))).toEqual([]);
});

test('one that cannot be read is shown with the name of its kind, and changes nothing that is known', () => {
  const subject = { kind: 'unreadable', was: 'defragment' } as const;
  expect(subjectText(i18n.t, subject)).toBe('An operation that this version cannot read (defragment)');
  expect(kindOf(subject).changes(subject)).toEqual([]);
});
