import { expect, test } from 'vitest';
import type { Account } from '../../../src-main/common/account.ts';
import { matches, typedPlace } from '../../../src-renderer/palette/matching.ts';

const account = (host: string): Account => ({
  id: host,
  name: host,
  url: `https://${host}`,
  host,
  system: 'generic',
  signIn: { kind: 'anonymous' },
  tls: { verify: true },
  proxy: { kind: 'system' },
  readOnly: false,
  repositories: [],
  secrets: 'none',
  insecure: 'no',
});
const accounts = [account('registry.example.com'), account('localhost:5000')];
const digest = `sha256:${'ab'.repeat(32)}`;

test('every word must be found, in any text and any case', () => {
  expect(matches('exam HARB', 'Harbor', 'harbor.example.com')).toBe(true);
  expect(matches('exam quay', 'Harbor', 'harbor.example.com')).toBe(false);
  expect(matches('', 'anything')).toBe(true);
});

test.each([
  ['registry.example.com/team/app', 'registry.example.com', 'team/app', undefined],
  ['localhost:5000/app:1.0', 'localhost:5000', 'app', '1.0'],
  [` Registry.Example.com/app@${digest} `, 'registry.example.com', 'app', digest],
  [`registry.example.com/app:1.0@${digest}`, 'registry.example.com', 'app', digest],
  ['https://registry.example.com/app/', 'registry.example.com', 'app', undefined],
])('%s names a place', (text, host, repository, reference) => {
  expect(typedPlace(text, accounts)).toEqual({
    account: accounts.find((each) => each.host === host),
    repository,
    ...(reference !== undefined && { reference }),
  });
});

test.each([
  'nginx',
  'other.example.com/app',
  'registry.example.com',
  'registry.example.com/',
  'localhost:5000/a b',
])('%j names none', (text) => {
  expect(typedPlace(text, accounts)).toBeUndefined();
});
