import { expect, test } from 'vitest';
import { formatBytes, formatPlatform, formatRelative, shortDigest } from '../../../src-renderer/ui/format.ts';

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

test.each([
  ['2026-03-01T11:59:30Z', 'now', '现在'],
  ['2026-03-01T11:58:00Z', '2 minutes ago', '2分钟前'],
  ['2026-03-01T09:00:00Z', '3 hours ago', '3小时前'],
  ['2026-02-28T12:00:00Z', 'yesterday', '昨天'],
  ['2026-02-10T12:00:00Z', '2 weeks ago', '2周前'],
  ['2023-03-01T12:00:00Z', '3 years ago', '3年前'],
  ['2026-03-01T14:30:00Z', 'in 2 hours', '2小时后'],
])('%s is %s', (instant, english, chinese) => {
  expect(formatRelative(new Date(instant), now, 'en')).toBe(english);
  expect(formatRelative(new Date(instant), now, 'zh-CN')).toBe(chinese);
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
