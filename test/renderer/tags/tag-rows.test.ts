import { expect, test } from 'vitest';
import type { TagAnswer, TagDetails } from '../../../src-main/contract/catalog.ts';
import { filterTags, sortTags, tagNameOf, tagsByDigest } from '../../../src-renderer/tags/tag-rows.ts';

const tags = ['1.10', 'latest', '1.9', 'edge'].map(tagNameOf);

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

const names = (rows: readonly { name: string }[]) => rows.map(({ name }) => name);

test('sorts names naturally and keeps the registry order on request', () => {
  expect(names(sortTags(tags, answers, { by: 'name', descending: false }))).toEqual([
    '1.9',
    '1.10',
    'edge',
    'latest',
  ]);
  expect(names(sortTags(tags, answers, { by: 'name', descending: true }))).toEqual([
    'latest',
    'edge',
    '1.10',
    '1.9',
  ]);
  expect(names(sortTags(tags, answers, { by: 'registry', descending: false }))).toEqual(names(tags));
  expect(names(sortTags(tags, answers, { by: 'registry', descending: true }))).toEqual([
    'edge',
    '1.9',
    'latest',
    '1.10',
  ]);
});

test('sorts by size with unknown rows last in both directions and equal rows by name', () => {
  expect(names(sortTags(tags, answers, { by: 'size', descending: false }))).toEqual([
    '1.10',
    'latest',
    '1.9',
    'edge',
  ]);
  expect(names(sortTags(tags, answers, { by: 'size', descending: true }))).toEqual([
    '1.9',
    '1.10',
    'latest',
    'edge',
  ]);
});

test('sorts by creation as an instant, not as text', () => {
  expect(names(sortTags(tags, answers, { by: 'created', descending: false }))).toEqual([
    '1.10',
    'latest',
    '1.9',
    'edge',
  ]);
});

test('a date that is none counts as unknown', () => {
  const odd = new Map([...answers, answer('1.9', 'sha256:aaa', { created: 'yesterday' })]);
  expect(names(sortTags(tags, odd, { by: 'created', descending: true }))).toEqual([
    '1.10',
    'latest',
    '1.9',
    'edge',
  ]);
});

test('filters by name, and by digest where it is known', () => {
  expect(names(filterTags(tags, answers, '1.'))).toEqual(['1.10', '1.9']);
  expect(names(filterTags(tags, answers, 'sha256:bbb'))).toEqual(['1.10', 'latest']);
  expect(filterTags(tags, answers, ' ')).toBe(tags);
});

test('groups tags of one digest in natural order', () => {
  expect(tagsByDigest(tags, answers)).toEqual(
    new Map([
      ['sha256:bbb', ['1.10', 'latest']],
      ['sha256:aaa', ['1.9']],
    ]),
  );
});
