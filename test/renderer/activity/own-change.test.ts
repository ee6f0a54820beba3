import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import type { HistoryRow } from '../../../src-main/common/audit.ts';
import { fieldWords, ownLine, valueText } from '../../../src-renderer/activity/own-change.ts';
import { en } from '../../../src-renderer/i18n/en/index.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({ lng: 'en', interpolation: { escapeValue: false }, resources: { en: { translation: en } } }),
);

const account: HistoryRow = {
  sequence: 1,
  at: '2026-11-26T10:00:00.000Z',
  user: 'ann',
  machine: 'here',
  app: 'desktop',
  account: { id: null, name: 'Team', user: 'ann' },
  registry: 'harbor.test',
  kind: 'account',
  event: 'changed',
  what: 'change the account Team at harbor.test',
  hash: null,
};
const fields = (...changes: [field: string, before: unknown, after: unknown][]) => ({
  fields: changes.map(([field, before, after]) => ({ field, before, after })),
  secrets: [],
});

test.each<[Partial<HistoryRow>, string | undefined]>([
  [{ event: 'added' }, 'Added the registry Team'],
  [{ event: 'removed' }, 'Removed the registry Team from this app'],
  [{ settings: fields(['readOnly', false, true]) }, 'Locked Team as read-only'],
  [{ settings: fields(['readOnly', true, false]) }, 'Unlocked Team'],
  [
    { settings: { ...fields(['verify', true, false], ['newer', 1, 2]), secrets: ['password'] } },
    'Changed the registry Team: Certificate verification, newer, Password',
  ],
  [
    { kind: 'settings', account: null, settings: fields(['approvedHosts', [], ['a.test']]) },
    'Changed the settings: Approved hosts',
  ],
  [
    {
      kind: 'cleanupRules',
      event: 'changed',
      settings: { ...fields(['everyHours', null, 24]), name: 'nightly' },
    },
    'Changed the cleanup rules nightly for Team: Hours between runs',
  ],
  [{ kind: 'delete' }, undefined],
])('%j is told in one line', (change, line) => {
  expect(ownLine(i18n.t, { ...account, ...change })).toBe(line);
});

test('fields of other versions go by their own names, and values are words', () => {
  expect(fieldWords(i18n.t, 'newer')).toBe('newer');
  expect([true, ['a', 'b'], [], null, 'x', 7].map((value) => valueText(i18n.t, 'name', value))).toEqual([
    'on',
    'a, b',
    undefined,
    undefined,
    'x',
    '7',
  ]);
  expect(valueText(i18n.t, 'proxy', 'none')).toBe('no proxy');
  // Somebody is called so.
  expect(valueText(i18n.t, 'user', 'anonymous')).toBe('anonymous');
});
