import { expect, test } from 'vitest';
import type { Operation } from '../../../src-main/common/operation.ts';
import { filterActivity, toJsonLines, withNews } from '../../../src-renderer/activity/filter.ts';
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
const line = ({ subject }: Operation) => `${subject.kind} at Harbour`;
const ids = (rows: readonly Operation[]) => rows.map(({ id }) => id);

test('finds places, tags, digests and failures', () => {
  expect(ids(filterActivity(all, { ...everything, text: 'team/app LATEST' }, line))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, text: 'mirror.test' }, line))).toEqual(['2']);
  expect(ids(filterActivity(all, { ...everything, text: 'sha256:abc' }, line))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, text: 'quota' }, line))).toEqual(['2']);
  expect(ids(filterActivity(all, { ...everything, text: 'nothing' }, line))).toEqual([]);
  // By what it is called here.
  expect(ids(filterActivity(all, { ...everything, text: 'copy harbour' }, line))).toEqual(['2']);
});

test('filters by kind and by result', () => {
  expect(ids(filterActivity(all, everything, line))).toEqual(['1', '2']);
  expect(ids(filterActivity(all, { ...everything, kind: 'delete' }, line))).toEqual(['1']);
  expect(ids(filterActivity(all, { ...everything, kind: 'defragment' }, line))).toEqual([]);
  expect(ids(filterActivity(all, { ...everything, result: 'failed' }, line))).toEqual(['2']);
});

test('finds what was undone, and what can be', () => {
  const undo = makeOperation('3', { kind: 'restore' }, { undoes: '1' });
  const undone = { ...deletion, undone: { by: '3', at: '2024-01-02T00:00:00Z' } };
  const undoable = { ...copy, actions: { ...copy.actions, undo: true } };
  const rows = [undo, undone, undoable];
  expect(ids(filterActivity(rows, { ...everything, result: 'undone' }, line))).toEqual(['1']);
  expect(ids(filterActivity(rows, { ...everything, result: 'undoable' }, line))).toEqual(['2']);
});

test('what is read of the history is shown as it is this moment, with what began since; older ones wait for their page', () => {
  const at = (id: string, started: string, status: Operation['status'] = 'done') =>
    makeOperation(id, deletion.subject, { started, status });
  const watched = [
    at('known', '2024-01-02T00:00:00Z', 'failed'),
    at('new', '2024-01-05T00:00:00Z', 'running'),
    at('older', '2023-01-01T00:00:00Z'),
  ];
  const pages = [
    [at('newest', '2024-01-03T00:00:00Z'), at('known', '2024-01-02T00:00:00Z', 'running')],
    [at('known', '2024-01-02T00:00:00Z', 'running')],
  ];
  const shown = withNews(pages, new Map(watched.map((each) => [each.id, each])));
  expect(shown.map(({ id, status }) => [id, status])).toEqual([
    ['new', 'running'],
    ['newest', 'done'],
    ['known', 'failed'],
  ]);
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
