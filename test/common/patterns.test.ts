import { expect, test } from 'vitest';
import { isPattern, matcher } from '../../src-main/common/patterns.ts';

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
