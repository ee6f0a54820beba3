import { expect, test } from 'vitest';
import { filterWords, suggest, toggleWord } from '../../../src-renderer/tags/tag-suggestions.ts';

const words = filterWords([], { families: [{ prefix: 'pr-', count: 3 }] });
const offered = (typed: string) => suggest(typed, words).map(({ value }) => value);

test('the last word is completed, the others stay', () => {
  expect(offered('age>30d sig')).toEqual(['age>30d signed:yes ', 'age>30d signed:no ']);
  expect(offered('p')).toEqual(['pr-* ']);
  expect(offered('nothing')).toEqual([]);
  expect(offered('is:moving')).toEqual([]);
});

test('before a word is begun there is one of each sort', () => {
  expect(offered('')).toEqual([
    'age>7d ',
    'age<24h ',
    'size>100MB ',
    'size<10MB ',
    'signed:yes ',
    'untagged ',
    'is:version ',
    'pr-* ',
  ]);
});

test('a word is put in and taken out', () => {
  expect(toggleWord('age>30d', 'pr-*')).toBe('age>30d pr-*');
  expect(toggleWord('pr-*  age>30d', 'pr-*')).toBe('age>30d');
});
