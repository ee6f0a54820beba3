import { expect, test } from 'vitest';
import type { TagAnswer, TagDetails } from '../../../src-main/common/tag.ts';
import {
  compareCreated,
  compareNames,
  compareSizes,
  filterTags,
  TagCollector,
  type TagRow,
  TagRowJoiner,
} from '../../../src-renderer/tags/tag-rows.ts';

const collector = new TagCollector();
collector.add({ tags: ['1.10', 'latest', '1.9', 'edge'], count: 4, done: true });
const { rows: tags } = collector.snapshot();

function answer(name: string, digest: string, more: Partial<TagDetails> = {}): [string, TagAnswer] {
  const details: TagDetails = {
    name,
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image',
    size: 0,
    platforms: [],
    attested: false,
    ...more,
  };
  return [name, { name, details }];
}

const answers = new Map<string, TagAnswer>([
  answer('1.10', 'sha256:bbb', { size: 20, created: '2024-05-02T00:00:00Z' }),
  answer('latest', 'sha256:bbb', { size: 20, created: '2024-05-02T00:00:00Z' }),
  answer('1.9', 'sha256:aaa', { size: 30, created: '2024-05-01T22:00:00-04:00' }),
  ['edge', { name: 'edge', failure: { code: 'notFound', message: 'gone' } }],
]);
const rows = new TagRowJoiner().join(tags, answers);

type Compare = (a: TagRow, b: TagRow, descending: boolean) => number;
const sorted = (compare: Compare, descending: boolean, of = rows) =>
  of.toSorted((a, b) => compare(a, b, descending)).map(({ name }) => name);

test('joins names with details, failures and the other tags on the digest', () => {
  expect(rows.map(({ name, siblings }) => [name, siblings])).toEqual([
    ['1.10', ['latest']],
    ['latest', ['1.10']],
    ['1.9', []],
    ['edge', []],
  ]);
  expect(rows[3]).toMatchObject({ failure: { code: 'notFound' } });
  expect(rows[2]).toMatchObject({ details: { size: 30 } });
});

test('a row that did not change is the same object, one that did is not', () => {
  const joiner = new TagRowJoiner();
  const before = joiner.join(tags, answers);
  const moved = new Map([...answers, answer('1.9', 'sha256:bbb')]);
  const after = joiner.join(tags, moved);
  expect(joiner.join(tags, moved)).toEqual(after);
  expect(after[3]).toBe(before[3]);
  expect(after[2]).not.toBe(before[2]);
  expect(after[0]?.siblings).toEqual(['1.9', 'latest']);
});

test('sorts names naturally', () => {
  expect(sorted(compareNames, false)).toEqual(['1.9', '1.10', 'edge', 'latest']);
  expect(sorted(compareNames, true)).toEqual(['latest', 'edge', '1.10', '1.9']);
});

test('sorts by size with unknown rows last in both directions and equal rows by name', () => {
  expect(sorted(compareSizes, false)).toEqual(['1.10', 'latest', '1.9', 'edge']);
  expect(sorted(compareSizes, true)).toEqual(['1.9', '1.10', 'latest', 'edge']);
});

test('sorts by creation as an instant, not as text; a date that is none counts as unknown', () => {
  expect(sorted(compareCreated, false)).toEqual(['1.10', 'latest', '1.9', 'edge']);
  expect(sorted(compareCreated, true)).toEqual(['1.9', '1.10', 'latest', 'edge']);
  const odd = new TagRowJoiner().join(
    tags,
    new Map([...answers, answer('1.9', 'sha256:aaa', { created: 'yesterday' })]),
  );
  expect(sorted(compareCreated, true, odd)).toEqual(['1.10', 'latest', '1.9', 'edge']);
});

test('filters by name, and by digest where it is known', () => {
  const names = (typed: string) => filterTags(rows, typed).map(({ name }) => name);
  expect(names('1.')).toEqual(['1.10', '1.9']);
  expect(names('sha256:bbb')).toEqual(['1.10', 'latest']);
  expect(filterTags(rows, ' ')).toBe(rows);
});
