import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import type { Account } from '../../../src-main/common/account.ts';
import type { RegistryStatus } from '../../../src-main/common/registry.ts';
import { registryState } from '../../../src-renderer/layout/registry-state.ts';

const t = ((key: string, values: object = {}) =>
  [key.replace(/^layout\./, ''), ...Object.values(values)].join(' ')) as unknown as TFunction;
const now = Date.parse('2026-11-26T12:00:00Z');
const failure = { code: 'timeout', message: '' } as const;

const stateOf = (status: RegistryStatus | 'stopped' | undefined, changes: Partial<Account> = {}) =>
  registryState(t, 'en', { repositories: [], insecure: 'no', ...changes } as Account, status, now);

test('the count is shown where all is well, or that names were added', () => {
  expect(stateOf({ state: 'reachable', repositories: 1300 })).toMatchObject({ mark: 'ok', note: '1,300' });
  // It was never listed: no number is claimed.
  expect(stateOf({ state: 'reachable' })).toMatchObject({ mark: 'ok', note: '' });
  const named = { repositories: ['team/app', 'team/web'] };
  expect(stateOf({ state: 'reachable', repositories: 2 }, named).note).toBe('status.byName');
  expect(stateOf({ state: 'reachable', repositories: 3 }, named).note).toBe('3');
  expect(stateOf({ state: 'reachable', repositories: 3 }, { insecure: 'plainHttp' })).toMatchObject({
    mark: 'warning',
    note: '3',
  });
});

test.each([
  ['2026-11-24T11:00:00Z', 'age.days 2'],
  ['2026-11-24T13:00:00Z', 'age.days 1'],
  ['2026-11-25T13:00:00Z', 'age.hours 23'],
  ['2026-11-26T11:59:50Z', 'age.minutes 1'],
])('one that last answered at %s is offline for %s', (answered, since) => {
  const { mark, note } = stateOf({ state: 'unreachable', failure, answered, repositories: 5 });
  expect([mark, note]).toEqual(['off', `status.offlineSince ${since}`]);
});

test('what is not known is not claimed', () => {
  expect(stateOf({ state: 'unreachable', failure })).toMatchObject({ mark: 'off', note: 'status.offline' });
  expect(stateOf(undefined)).toMatchObject({ mark: 'unknown', note: '' });
  expect(stateOf('stopped')).toMatchObject({ mark: 'unknown', note: 'status.stoppedNote' });
  expect(stateOf({ state: 'signedOut', failure })).toMatchObject({
    mark: 'warning',
    note: 'status.signedOutNote',
  });
});
