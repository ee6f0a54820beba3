import { expect, test } from 'vitest';
import { foldText, wordFilter } from '../../../src-renderer/lists/word-filter.ts';

const matches = (typed: string, text: string) => wordFilter(typed)?.(foldText(text));

test('blank text is no filter', () => {
  expect(wordFilter('')).toBeUndefined();
  expect(wordFilter('  \t ')).toBeUndefined();
});

test('every word must be there, in any order and case', () => {
  expect(matches('api TEAM', 'team/Backend/API')).toBe(true);
  expect(matches('api other', 'team/backend/api')).toBe(false);
  expect(matches('BACK', 'team/backend')).toBe(true);
});

test('characters that mean something in patterns are plain text', () => {
  expect(matches('1.0', '1x0')).toBe(false);
  expect(matches('(a', '(a)')).toBe(true);
});
