import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { en } from '../../../src-renderer/i18n/en/index.ts';
import { amountsText, failedText, remainingText } from '../../../src-renderer/operations/words.ts';
import { makeOperation } from './operation.ts';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({ lng: 'en', interpolation: { escapeValue: false }, resources: { en: { translation: en } } }),
);

test.each([
  [0.2, '1\u00a0s left'],
  [89, '89\u00a0s left'],
  [180, '3\u00a0min left'],
  [5_000, '83\u00a0min left'],
  [7_200, '2\u00a0h left'],
  [86_399, '24\u00a0h left'],
  [471 * 3600, 'more than a day left'],
])('%d seconds are %s', (seconds, text) => {
  expect(remainingText(i18n.t, seconds)).toBe(text);
});

const side = { origin: 'https://registry.test', host: 'registry.test' };
const sync = { kind: 'sync', source: side, target: side, repositories: ['a'], tags: 1200 };

test('counts head what failed: tags of a transfer, steps of the rest, nothing of a single thing', () => {
  const failed = (subject: { kind: string }, counts: { done: number; failed: number; total: number }) =>
    failedText(i18n.t, 'en', makeOperation('1', subject, { status: 'failed', counts }));
  expect(failed(sync, { done: 1197, failed: 3, total: 1200 })).toBe('3 of 1,200 tags failed');
  expect(failed({ kind: 'delete' }, { done: 1, failed: 1, total: 2 })).toBe('1 of 2 failed');
  expect(failed(sync, { done: 0, failed: 1, total: 1 })).toBeUndefined();
  // The registry went away: none failed by itself.
  expect(failed(sync, { done: 7, failed: 0, total: 1200 })).toBeUndefined();
});

test('amounts are bytes where bytes move, and tags where there are many', () => {
  const { progress } = makeOperation('1', sync);
  const amounts = (subject: { kind: string }, more: Partial<typeof progress>) =>
    amountsText(i18n.t, 'en', makeOperation('1', subject, { progress: { ...progress, ...more } }));
  const steps = { done: 31, total: 1200 };
  const bytes = { done: 1_200_000_000, total: 3_400_000_000 };
  expect(amounts(sync, { steps, bytes })).toEqual(['1.20\u00a0GB of 3.40\u00a0GB', '31 of 1,200 tags']);
  expect(amounts({ kind: 'delete' }, { steps })).toEqual(['31 of 1,200 done']);
  expect(amounts({ kind: 'delete' }, {})).toEqual([]);
});
