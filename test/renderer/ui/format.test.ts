import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { ui as english } from '../../../src-renderer/i18n/en/ui.ts';
import { ui as chinese } from '../../../src-renderer/i18n/zh-CN/ui.ts';
import {
  formatAge,
  formatBytes,
  formatDate,
  formatDay,
  formatPlatform,
  formatRelative,
  shortDigest,
} from '../../../src-renderer/ui/format.ts';

test.each([
  [0, '0\u00a0B'],
  [999, '999\u00a0B'],
  [1000, '1.00\u00a0kB'],
  [1234, '1.23\u00a0kB'],
  [9994, '9.99\u00a0kB'],
  [9996, '10.0\u00a0kB'],
  [99_960, '100\u00a0kB'],
  [999_499, '999\u00a0kB'],
  [999_500, '1.00\u00a0MB'],
  [46_100_000_000, '46.1\u00a0GB'],
  [2e18, '2000\u00a0PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

const now = new Date('2026-03-01T12:00:00Z');

async function wordsIn(lng: 'en' | 'zh-CN'): Promise<TFunction> {
  const i18n = i18next.createInstance();
  const resources = { en: { translation: { ui: english } }, 'zh-CN': { translation: { ui: chinese } } };
  return i18n.init({ lng, resources });
}

test.each([
  ['2026-03-01T11:59:30Z', 'just now', '刚刚'],
  ['2026-03-01T12:00:05Z', 'just now', '刚刚'],
  ['2026-03-01T12:00:50Z', 'in a moment', '马上'],
  ['2026-03-01T11:58:00Z', '2\u00a0minutes ago', '2\u00a0分钟前'],
  ['2026-03-01T09:00:00Z', '3\u00a0hours ago', '3\u00a0小时前'],
  ['2026-02-28T12:00:00Z', '1\u00a0day ago', '1\u00a0天前'],
  ['2026-02-27T20:00:00Z', '2\u00a0days ago', '2\u00a0天前'],
  ['2026-02-15T14:24:00Z', '14\u00a0days ago', '14\u00a0天前'],
  ['2026-01-01T12:00:00Z', '59\u00a0days ago', '59\u00a0天前'],
  ['2025-11-01T12:00:00Z', '4\u00a0months ago', '4\u00a0个月前'],
  ['2023-11-01T12:00:00Z', '2\u00a0years ago', '2\u00a0年前'],
  ['2026-03-01T14:20:00Z', 'in 2\u00a0hours', '2\u00a0小时后'],
])('%s is %s', async (instant, english, chinese) => {
  expect(formatRelative(new Date(instant), now, await wordsIn('en'), 'en')).toBe(english);
  expect(formatRelative(new Date(instant), now, await wordsIn('zh-CN'), 'zh-CN')).toBe(chinese);
});

test.each([
  ['2026-03-01T11:59:30Z', 'now'],
  ['2026-03-01T11:00:40Z', '59\u00a0min'],
  ['2026-03-01T07:00:00Z', '5\u00a0h'],
  ['2026-02-15T14:24:00Z', '14\u00a0d'],
  ['2025-12-31T12:00:00Z', '60\u00a0d'],
  ['2023-03-01T12:00:00Z', '3.0\u00a0y'],
  ['2026-03-03T12:00:00Z', 'in 2\u00a0d'],
])('the age of %s is %s', async (instant, age) => {
  expect(formatAge(new Date(instant), now, await wordsIn('en'))).toBe(age);
});

test.each([
  ['2026-02-28T14:31:00', '28 Feb 14:31', '2月28日 14:31'],
  ['2026-01-26T12:00:00', '26 Jan', '1月26日'],
  ['2025-09-26T12:00:00', '26 Sep 2025', '2025年9月26日'],
])('the day of %s is %s', (instant, english, chinese) => {
  expect(formatDay(new Date(instant), now, 'en')).toBe(english);
  expect(formatDay(new Date(instant), now, 'zh-CN')).toBe(chinese);
});

test('a date in a field has its year, in the order of the language', () => {
  expect(formatDate('2026-11-26', 'en')).toBe('26 Nov 2026');
  expect(formatDate('2026-11-26', 'zh-CN')).toBe('2026年11月26日');
  expect(formatDate('soon', 'en')).toBe('soon');
});

test('a digest is cut to its algorithm and twelve digits', () => {
  expect(shortDigest(`sha256:${'0123456789abcdef'.repeat(4)}`)).toBe('sha256:0123456789ab');
  expect(shortDigest('0123456789abcdef')).toBe('0123456789ab');
});

test('a platform names what is known of it', () => {
  expect(formatPlatform({ os: 'linux', architecture: 'arm64', variant: 'v8' })).toBe('linux/arm64/v8');
  expect(formatPlatform({ os: 'windows', architecture: 'amd64', osVersion: '10.0.20348' })).toBe(
    'windows/amd64 (10.0.20348)',
  );
});
