import { expect, test } from 'vitest';
import type { CountedTags } from '../../../src-main/common/transfer.ts';
import { pickerRows } from '../../../src-renderer/sync/picker-rows.ts';

const NAMES = ['base', 'team/api', 'team/web'];

function rows(options: Partial<Parameters<typeof pickerRows>[1]>) {
  return pickerRows(NAMES, {
    isChosen: () => false,
    known: new Map(),
    counted: new Map(),
    closed: new Set(),
    ...options,
  });
}

const counted = (repository: string, tags: number, matching: number): [string, CountedTags] => [
  repository,
  { repository, tags, matching, from: 'inventory' },
];

test('namespaces come first, with their repositories unless they are closed', () => {
  expect(rows({}).map(({ name, level }) => [name, level])).toEqual([
    ['team', 1],
    ['team/api', 2],
    ['team/web', 2],
    ['base', 1],
  ]);
  expect(rows({ closed: new Set(['team']) }).map(({ name }) => name)).toEqual(['team', 'base']);
});

test('a namespace sums up what is known of all that is chosen in it, and what is not known is no 0', () => {
  const isChosen = (name: string) => name.startsWith('team/');
  const [whole] = rows({
    isChosen,
    counted: new Map([counted('team/api', 5, 2), counted('team/web', 4, 4)]),
  });
  expect(whole).toMatchObject({ chosen: 2, repositories: 2, tags: 9, matching: 6, size: undefined });
  const [part] = rows({ isChosen, counted: new Map([counted('team/api', 5, 2)]) });
  expect(part).toMatchObject({ chosen: 2, tags: undefined, matching: undefined });
  const [some] = rows({
    isChosen: (name) => name === 'team/api',
    counted: new Map([counted('team/api', 5, 2)]),
    known: new Map([['team/web', { tags: 4, uniqueBytes: 10 }]]),
  });
  expect(some).toMatchObject({ chosen: 1, repositories: 2, tags: 9, matching: 2 });
});

test('a repository whose tags could not be counted says why', () => {
  const failure = { code: 'denied', message: '' } as const;
  const [, api] = rows({
    isChosen: () => true,
    counted: new Map([['team/api', { repository: 'team/api', failure } as CountedTags]]),
  });
  expect(api).toMatchObject({ matching: undefined, failure: { code: 'denied' } });
});
