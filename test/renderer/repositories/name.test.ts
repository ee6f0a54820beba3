import { expect, test } from 'vitest';
import { isRepositoryName, isTagName } from '../../../src-renderer/repositories/name.ts';

test.each(['app', 'team/app', 'a/b/c', 'my-app', 'my--app', 'a__b', 'a.b', '0'])(
  '%s is a repository',
  (name) => {
    expect(isRepositoryName(name)).toBe(true);
  },
);

test.each(['', 'App', '/app', 'app/', 'a//b', '-a', 'a-', 'a..b', 'a___b', 'a b', 'app:1', 'a'.repeat(256)])(
  '%s is none',
  (name) => {
    expect(isRepositoryName(name)).toBe(false);
  },
);

test('tags', () => {
  expect(['1.0', 'latest', '_x', 'A-b.c_d', 'a'.repeat(128)].every(isTagName)).toBe(true);
  expect(['', '.x', '-x', 'a b', 'a/b', 'a:b', 'ä', 'a'.repeat(129)].some(isTagName)).toBe(false);
});
