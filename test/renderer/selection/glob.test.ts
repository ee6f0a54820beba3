import { expect, test } from 'vitest';
import { globTest } from '../../../src-renderer/selection/glob.ts';

const matching = (typed: string, names: readonly string[]) => names.filter(globTest(typed) ?? (() => false));

test('a star is any run of characters, a question mark is one, and all of the name counts', () => {
  const names = ['pr-1', 'pr-12', 'xpr-1', 'pr-', 'PR-1', 'pr_1'];
  expect(matching('pr-*', names)).toEqual(['pr-1', 'pr-12', 'pr-']);
  expect(matching('pr-?', names)).toEqual(['pr-1']);
  expect(matching('*-1', names)).toEqual(['pr-1', 'xpr-1', 'PR-1']);
  expect(matching('p*-1*', names)).toEqual(['pr-1', 'pr-12']);
});

test('a word without either is looked for anywhere; of several patterns one is enough', () => {
  const names = ['1.0', '1.0-rc1', 'nightly-1', 'latest'];
  expect(matching('rc', names)).toEqual(['1.0-rc1']);
  expect(matching('nightly-* , *-rc*', names)).toEqual(['1.0-rc1', 'nightly-1']);
});

test('nothing else has a meaning, and nothing typed is no pattern', () => {
  expect(matching('v1.*', ['v1.0', 'v1x0'])).toEqual(['v1.0']);
  expect(matching('(a|b)*', ['a', 'b', '(a|b)c'])).toEqual(['(a|b)c']);
  expect(globTest('  ')).toBeUndefined();
});

test('a pattern of many stars is no slower than its length times the name’s', () => {
  const isMatch = globTest(`${'a*'.repeat(40)}b`);
  const start = performance.now();
  expect(isMatch?.('a'.repeat(128))).toBe(false);
  expect(performance.now() - start).toBeLessThan(1_000);
});
