import { expect, test } from 'vitest';
import {
  type Draft,
  EMPTY_DRAFT,
  exampleRepository,
  isSameDefinition,
} from '../../../src-renderer/sync/draft.ts';
import { problemsOf } from '../../../src-renderer/sync/draft-problems.ts';

const accounts = [
  { id: 'from', readOnly: true },
  { id: 'to', readOnly: false },
];
const draft: Draft = { ...EMPTY_DRAFT, source: 'from', target: 'to', repositories: ['team/*'] };

test('an empty draft names what is missing', () => {
  expect(problemsOf(EMPTY_DRAFT, accounts)).toEqual({
    source: 'sourceMissing',
    target: 'targetMissing',
    repositories: 'repositoriesMissing',
  });
});

test.each<[Partial<Draft>, ReturnType<typeof problemsOf>]>([
  [{}, {}],
  [{ source: 'gone' }, { source: 'sourceMissing' }],
  [{ target: 'from' }, { target: 'targetLocked' }],
  [{ source: 'to' }, { rename: 'samePlace' }],
  [{ source: 'to', rename: 'mirror/{repository}' }, {}],
  [{ tags: [] }, { tags: 'tagsMissing' }],
  [{ versions: ' >=1.2 <3 ' }, {}],
  [{ versions: 'newest' }, { versions: 'versionsForm' }],
  [{ rename: '{registry}/x' }, { rename: 'renameForm' }],
  [{ rename: ' ' }, { rename: 'renameForm' }],
  [{ platforms: ['linux/amd64', 'linux/arm/v7'] }, {}],
  [{ platforms: ['amd64'] }, { platforms: 'platformForm' }],
])('%j → %j', (part, problems) => {
  expect(problemsOf({ ...draft, ...part }, accounts)).toEqual(problems);
});

test.each([
  [[], 'team/app'],
  [['**'], 'team/app'],
  [['library/*'], 'library/app'],
  [['**/base'], 'app/base'],
  [['[!]', 'tools/backup'], 'tools/backup'],
])('%j could mean %s', (patterns, name) => {
  expect(exampleRepository(patterns)).toBe(name);
});

test('definitions are the same whatever the order of their patterns, and differ by every field that matters', () => {
  const two: Draft = { ...draft, tags: ['a', 'b'] };
  expect(isSameDefinition(two, { ...two, tags: ['b', 'a'] })).toBe(true);
  expect(isSameDefinition(draft, { ...draft, index: 'sparse' })).toBe(true);
  const others: Partial<Draft>[] = [
    { source: 'x' },
    { target: 'x' },
    { repositories: ['x'] },
    { excludeRepositories: ['x'] },
    { tags: ['x'] },
    { excludeTags: ['x'] },
    { versions: '^1' },
    { newOnly: true },
    { rename: '{name}' },
    { prune: true },
    { attached: true },
    { platforms: ['linux/amd64'] },
  ];
  for (const part of others)
    expect(isSameDefinition(draft, { ...draft, ...part }), JSON.stringify(part)).toBe(false);
});
