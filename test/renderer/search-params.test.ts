import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../../src-renderer/search-params.ts';

test('values stay the text they are', () => {
  expect(parseSearch('?repository=team%2Fapp&reference=1.0&tab=layers')).toEqual({
    repository: 'team/app',
    reference: '1.0',
    tab: 'layers',
  });
});

test('what is written is read back', () => {
  for (const values of [
    { repository: 'team/app', reference: '1.10', filter: 'a b&c=d' },
    { selected: ['1.0', 'true', 'null'] },
    { filter: '版本 "quoted" + %' },
  ]) {
    expect(parseSearch(stringifySearch(values))).toEqual(values);
  }
});

test('what is empty is left out of the address', () => {
  expect(stringifySearch({ filter: '', sort: undefined, selected: [] })).toBe('');
});
