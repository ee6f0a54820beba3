import { expect, test } from 'vitest';
import type { KnownTag } from '../../../src-renderer/tags/known-tag.ts';
import { pairOf } from '../../../src-renderer/tags/pair-of.ts';

const tag = (name: string, created?: string) =>
  ({ name, ...(created && { details: { created } }) }) as KnownTag;
const all = [tag('new', '2024-02-01T00:00:00Z'), tag('old', '2024-01-01T01:00:00+02:00'), tag('undated')];

test('of two tags the older comes first, where their ages are known', () => {
  expect(pairOf(all, ['new', 'old'])).toEqual(['old', 'new']);
  expect(pairOf(all, ['old', 'new'])).toEqual(['old', 'new']);
  expect(pairOf(all, ['undated', 'old'])).toEqual(['undated', 'old']);
});

test('no other number of tags is a pair', () => {
  expect(pairOf(all, ['old'])).toBeUndefined();
  expect(pairOf(all, ['old', 'new', 'undated'])).toBeUndefined();
});
