import i18next, { type TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { ui as english } from '../../../src-renderer/i18n/en/ui.ts';
import { ui as chinese } from '../../../src-renderer/i18n/zh-CN/ui.ts';
import {
  formatAge,
  formatBytes,
  formatDay,
  formatPlatform,
  formatRelative,
  shortDigest,
} from '../../../src-renderer/ui/format.ts';

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.00 kB'],
  [1234, '1.23 kB'],
  [9994, '9.99 kB'],
  [9996, '10.0 kB'],
  [99_960, '100 kB'],
  [999_499, '999 kB'],
  [999_500, '1.00 MB'],
  [46_100_000_000, '46.1 GB'],
  [2e18, '2000 PB'],
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
  ['2026-03-01T11:58:00Z', '2 minutes ago', '2 分钟前'],
  ['2026-03-01T09:00:00Z', '3 hours ago', '3 小时前'],
  ['2026-02-28T12:00:00Z', '1 day ago', '1 天前'],
  ['2026-02-27T20:00:00Z', '2 days ago', '2 天前'],
  ['2026-02-15T14:24:00Z', '14 days ago', '14 天前'],
  ['2026-01-01T12:00:00Z', '59 days ago', '59 天前'],
  ['2025-11-01T12:00:00Z', '4 months ago', '4 个月前'],
  ['2023-11-01T12:00:00Z', '2 years ago', '2 年前'],
  ['2026-03-01T14:20:00Z', 'in 2 hours', '2 小时后'],
])('%s is %s', async (instant, english, chinese) => {
  expect(formatRelative(new Date(instant), now, await wordsIn('en'), 'en')).toBe(english);
  expect(formatRelative(new Date(instant), now, await wordsIn('zh-CN'), 'zh-CN')).toBe(chinese);
});

test.each([
  ['2026-03-01T11:59:30Z', 'now'],
  ['2026-03-01T11:00:40Z', '59 min'],
  ['2026-03-01T07:00:00Z', '5 h'],
  ['2026-02-15T14:24:00Z', '14 d'],
  ['2025-12-31T12:00:00Z', '60 d'],
  ['2023-03-01T12:00:00Z', '3.0 y'],
  ['2026-03-03T12:00:00Z', 'in 2 d'],
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
