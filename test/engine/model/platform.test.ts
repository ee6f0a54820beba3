import { expect, test } from 'vitest';
import {
  isSamePlatform,
  normalizePlatform,
  type Platform,
  parsePlatform,
  platformKey,
} from '../../../src-main/engine/model/platform.ts';

const read = (words: string): Platform => {
  const platform = parsePlatform(words);
  if (!platform) throw new Error(`"${words}" is no platform`);
  return platform;
};

test.each([
  ['linux/arm64', 'linux/arm64/v8'],
  ['linux/aarch64', 'linux/arm64'],
  ['linux/arm64/8', 'linux/arm64'],
  ['linux/arm', 'linux/arm/v7'],
  ['linux/armhf', 'linux/arm/7'],
  ['linux/armel', 'linux/arm/v6'],
  ['linux/x86_64', 'linux/amd64'],
  ['linux/amd64/v1', 'linux/amd64'],
  ['Linux/x86-64', 'linux/amd64'],
  ['linux/i386', 'linux/386'],
  ['macos/arm64', 'darwin/arm64'],
])('B4: %s and %s are one platform', (one, other) => {
  expect(isSamePlatform(read(one), read(other))).toBe(true);
  expect(platformKey(read(one))).toBe(platformKey(read(other)));
  expect(normalizePlatform(read(one))).toEqual(normalizePlatform(read(other)));
});

test.each([
  ['linux/arm64', 'linux/arm'],
  ['linux/arm/v6', 'linux/arm'],
  ['linux/amd64/v3', 'linux/amd64'],
  ['linux/arm64/v9', 'linux/arm64'],
  ['windows/amd64', 'linux/amd64'],
])('B4: %s and %s are two platforms', (one, other) => {
  expect(isSamePlatform(read(one), read(other))).toBe(false);
  expect(platformKey(read(one))).not.toBe(platformKey(read(other)));
});

test('B4: Windows images are distinguished by their build, and by nothing where none is asked for', () => {
  const offered = read('windows(10.0.17763.5458)/amd64');
  expect(offered).toEqual({ os: 'windows', architecture: 'amd64', osVersion: '10.0.17763.5458' });
  expect(isSamePlatform(offered, read('windows(10.0.17763)/amd64'))).toBe(true);
  expect(isSamePlatform(offered, read('windows(10.0.17763.1)/amd64'))).toBe(true);
  expect(isSamePlatform(offered, read('windows(10.0.20348)/amd64'))).toBe(false);
  expect(isSamePlatform(offered, read('windows/amd64'))).toBe(true);
});

test.each(['linux', '/amd64', 'linux/', 'linux/a/b/c', 'li nux/amd64', ''])(
  '"%s" is no platform',
  (words) => {
    expect(parsePlatform(words)).toBeUndefined();
  },
);
