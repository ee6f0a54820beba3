import { describe, expect, test } from 'vitest';
import { anyPattern, PatternError, regexPattern } from '../../../src-main/engine/cleanup/patterns.ts';

describe('expressions that explode elsewhere take time that is linear in the name', () => {
  const long = (length: number): string => `${'a'.repeat(length)}!`;

  test.each([
    '^(a+)+$',
    '^(a|aa)+$',
    '^(a|a?)+$',
    '^(.*a){20}$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a*)*b',
    '^(?:a?){60}a{60}$',
  ])('%s', (source) => {
    const matches = regexPattern(source);
    const begun = performance.now();
    expect(matches(long(100_000))).toBe(false);
    // Any that tries all ways would not end before the sun does.
    expect(performance.now() - begun).toBeLessThan(30_000);
  });

  test('patterns with many stars', () => {
    const begun = performance.now();
    expect(anyPattern(`${'*a'.repeat(40)}*b`)('a'.repeat(128))).toBe(false);
    expect(anyPattern(`${'**/'.repeat(40)}b`)('a/'.repeat(120))).toBe(false);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});

test.each(['(a)\\1', '(?=a)b', '(?<!a)b', '(', 'a{2000}', '((a{100}){100}){100}', '[', '*'])(
  'a regular expression that is none, or takes more than linear time: %s',
  (source) => {
    expect(() => regexPattern(source)).toThrow(PatternError);
  },
);

test.each([
  'a b',
  'a(b)',
  '!a',
  'a|b',
  '{a',
  'a}',
  'a,b',
  '[',
  '[]',
  '[b-a]',
  'ä',
  'a:b',
  'a\\*',
  '$a',
  '+(a)',
])('a pattern with what means nothing in one: %s', (pattern) => {
  expect(() => anyPattern(pattern)).toThrow(PatternError);
  expect(() => anyPattern(['fine', pattern])).toThrow(expect.objectContaining({ pattern }));
});

test.each([
  ['*', 'a', true],
  ['*', 'a/b', false],
  ['**', 'a/b', true],
  ['a/**', 'a/b/c', true],
  ['a/**', 'a', false],
  ['a/*', 'a/b', true],
  ['a/*', 'a/b/c', false],
  ['**/b', 'b', true],
  ['**/b', 'a/c/b', true],
  ['a/**/b', 'a/b', true],
  ['a/**/b', 'a/c/d/b', true],
  ['a/**/b', 'ab', false],
  ['a?c', 'abc', true],
  ['a?c', 'a/c', false],
  ['[!a]', '/', false],
  ['{a,b{c,d}}', 'bd', true],
  ['{a,b{c,d}}', 'b', false],
  ['a.b', 'axb', false],
])('%s of %s: %s', (pattern, name, isIt) => {
  expect(anyPattern(pattern)(name)).toBe(isIt);
});
