import { expect, test } from 'vitest';
import { parseSearch, stringifySearch } from '../../../src-renderer/search-params.ts';
import { type Draft, EMPTY_DRAFT } from '../../../src-renderer/sync/draft.ts';
import { definitionSearch, draftOf, searchOf } from '../../../src-renderer/sync/draft-search.ts';

const full: Draft = {
  source: 'from',
  target: 'to',
  repositories: ['team/*', 'a b'],
  excludeRepositories: ['team/old'],
  tags: ['1.0', 'v*'],
  excludeTags: ['*-rc*'],
  versions: '>=1 <3',
  newOnly: true,
  rename: 'mirror/{repository}',
  prune: true,
  attached: true,
  platforms: ['linux/amd64'],
  index: 'sparse',
  foreign: true,
};

function throughTheAddress(draft: Draft, saved?: string) {
  return definitionSearch.parse(parseSearch(stringifySearch(searchOf(draft, saved))));
}

test('a definition comes out of the address as it was put in', () => {
  const search = throughTheAddress(full, 'kept');
  expect(draftOf(search)).toEqual(full);
  expect(search.saved).toBe('kept');
});

test('defaults are left out of the address', () => {
  const least: Draft = { ...EMPTY_DRAFT, source: 'from', target: 'to', repositories: ['**'] };
  expect(stringifySearch(searchOf(least))).toBe('?source=from&target=to&repository=**');
  expect(draftOf(throughTheAddress(least))).toEqual(least);
});

test('an address that names a saved one alone has no definition of its own', () => {
  expect(draftOf(definitionSearch.parse({ saved: 'kept', verdict: 'new' }))).toBeUndefined();
});

test('what an address holds besides is not taken', () => {
  expect(draftOf(definitionSearch.parse({ source: 'from', index: 'other', prune: 'yes' }))).toEqual({
    ...EMPTY_DRAFT,
    source: 'from',
  });
});
