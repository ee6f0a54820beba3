import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import { filterActivity, toJsonLines } from '../../../src-renderer/activity/filter.ts';
import { makeOperation } from '../operations/operation.ts';

const place = {
  account: '00000000-0000-4000-8000-00000000000a',
  host: 'registry.test',
  repository: 'team/app',
};

const deletion = makeOperation('1', {
  kind: 'delete',
  place,
  tags: ['1.0', 'latest'],
  manifests: ['sha256:abc'],
});
const copy = makeOperation(
  '2',
  {
    kind: 'copy',
    source: { ...place, reference: '2.0' },
    target: { ...place, host: 'mirror.test', tag: '2.0' },
    digest: 'sha256:def',
  },
  { status: 'failed', failure: { code: 'quotaExceeded', message: 'full' } },
);
const all = [deletion, copy];
const everything = { text: '', kind: 'all', result: 'all' } as const;
const ids = (rows: readonly Operation[]) => rows.map(({ id }) => id);

test('finds places, tags, digests and failures', () => {
  expect(ids(filterActivity(all, { ...everything, text: 'team/app LATEST' }))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, text: 'mirror.test' }))).toEqual(['2']);
  expect(ids(filterActivity(all, { ...everything, text: 'sha256:abc' }))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, text: 'quota' }))).toEqual(['2']);
  expect(ids(filterActivity(all, { ...everything, text: 'nothing' }))).toEqual([]);
});

test('filters by kind and by result', () => {
  expect(ids(filterActivity(all, everything))).toEqual(['1', '2']);
  expect(ids(filterActivity(all, { ...everything, kind: 'delete' }))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, kind: 'defragment' }))).toEqual([]);
  expect(ids(filterActivity(all, { ...everything, result: 'failed' }))).toEqual(['2']);
});

test('exports one JSON document a line', () => {
  const text = toJsonLines(all);
  expect(text.endsWith('\n')).toBe(true);
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toEqual(all);
  expect(toJsonLines([])).toBe('');
});
