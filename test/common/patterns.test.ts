import { expect, test } from 'vitest';
import { isPattern, matcher, tagSelector } from '../../src-main/common/patterns.ts';

test.each([
  ['team/*', 'team/app', true],
  ['team/*', 'team/apps/web', false],
  ['team/**', 'team/apps/web', true],
  ['team/{app,web}', 'team/web', true],
  ['team/app', 'team/app', true],
  ['team/app', 'team/app2', false],
  ['**', 'app', true],
])('%s and %s', (pattern, name, isMeant) => {
  expect(matcher([pattern], [])(name)).toBe(isMeant);
  expect(matcher(['**'], [pattern])(name)).toBe(!isMeant);
});

test('a name is no pattern', () => {
  expect(['team/app', 'v1.0', 'team/*', 'v?'].filter(isPattern)).toEqual(['team/*', 'v?']);
});

test.each([
  [['v*'], 'team/app', 'v1', true],
  [['v*'], 'team/app', 'latest', false],
  [['team/**:stable'], 'team/deep/app', 'stable', true],
  [['team/**:stable'], 'other/app', 'stable', false],
  [['team/app:v?'], 'team/app', 'v1', true],
  [['team/app:v?'], 'team/app', 'v12', false],
  [['a', 'stable'], 'x', 'stable', true],
  [['*'], 'deep/in/it', 'anything', true],
  [[], 'team/app', 'v1', false],
])('%j names %s:%s: %s', (patterns, repository, tag, isMeant) => {
  expect(tagSelector(patterns)(repository, tag)).toBe(isMeant);
});
