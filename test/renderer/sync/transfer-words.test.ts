import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { OperationSubject } from '../../../src-main/common/operation.ts';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { wayText, whatText } from '../../../src-renderer/sync/transfer-words.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    lng: 'en',
    interpolation: { escapeValue: false },
    resources: { en: { translation: en } },
  }),
);

const north = { accountId: 'n', host: 'north.test' };
const south = { accountId: '', host: 'south.test' };

function sync(tags: number, repositories: string[]): OperationSubject {
  return { kind: 'sync', source: north, target: south, repositories, tags };
}

function copy(reference: string, repository: string, tag: string): OperationSubject {
  return {
    kind: 'copy',
    source: { ...north, repository: 'team/app', reference },
    target: { ...south, repository, tag },
    digest: 'sha256:a',
  };
}

test.each([
  [sync(1, ['team/app']), '1 tag: team/app'],
  [sync(9, ['a', 'b', 'c', 'd', 'e']), '9 tags: a, b, c and 2 more'],
  [copy('1.0', 'team/app', '1.0'), 'team/app:1.0'],
  [copy('sha256:a', 'mirror/app', '1.0'), 'team/app@sha256:a → mirror/app:1.0'],
])('what is brought: %j', (subject, text) => {
  expect(whatText(i18n.t, subject)).toBe(text);
});

test('registries are named as they are here, others by their host', () => {
  const name = ({ accountId, host }: typeof north) => (accountId === 'n' ? 'North' : host);
  expect(wayText(sync(1, []), name)).toBe('North → south.test');
});
